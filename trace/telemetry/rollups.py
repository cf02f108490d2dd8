"""Hourly readings, computed again from the readings of every hour that changed.

Computing from the readings instead of adding up makes them right whatever came late, twice or in parts. An
hour is forgotten as dirty only if nobody marked it meanwhile (compare-and-set on `marks`).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from math import fsum

from django.db import transaction

from telemetry.models import DirtyHour, HourlyReading, Reading
from telemetry.vocabulary import current_vocabulary
from telemetry.wind import mean_direction

HOURS_A_TURN = 200  # hours of devices in one transaction
_HOUR = timedelta(hours=1)


def roll_up_dirty_hours(*, before: datetime | None = None) -> int:
    """Compute all dirty hours, oldest first, and return how many.

    With `before`, hours that are not over by then stay dirty: the worker leaves the running hour alone and
    so reads every reading once, however many there are.
    """
    done = 0
    last_seen: tuple[datetime, int] | None = None
    while turn := _next_turn(before, last_seen):
        with transaction.atomic():
            _roll_up(turn)
        done += len(turn)
        last_seen = turn[-1].hour, turn[-1].pk
    return done


def _next_turn(before: datetime | None, after: tuple[datetime, int] | None) -> list[DirtyHour]:
    """Return the next dirty hours; one that was marked again meanwhile waits for the next call."""
    dirty = DirtyHour.objects.order_by("hour", "pk")
    if before:
        dirty = dirty.filter(hour__lte=before - _HOUR)
    if after:
        hour, pk = after
        dirty = dirty.filter(hour__gte=hour).exclude(hour=hour, pk__lte=pk)
    return list(dirty[:HOURS_A_TURN])


def _roll_up(turn: Sequence[DirtyHour]) -> None:
    computed = [row for dirty in turn for row in _hourly_readings(dirty)]
    # A metric that an hour no longer has cannot happen: readings are merged, never taken away.
    HourlyReading.objects.bulk_create(
        computed,
        update_conflicts=True,
        unique_fields=["device", "metric", "hour"],
        update_fields=["count", "mean", "min", "max"],
    )
    for dirty in turn:
        DirtyHour.objects.filter(pk=dirty.pk, marks=dirty.marks).delete()


def _hourly_readings(dirty: DirtyHour) -> Iterator[HourlyReading]:
    readings = Reading.objects.filter(
        device_id=dirty.device_id, at__gte=dirty.hour, at__lt=dirty.hour + _HOUR
    )
    measured: dict[str, list[float]] = defaultdict(list)
    for values in readings.values_list("values", flat=True).iterator(chunk_size=5_000):
        for metric, value in values.items():
            measured[metric].append(value)
    circular = current_vocabulary().circular_keys
    for metric, series in measured.items():
        yield HourlyReading(
            device_id=dirty.device_id,
            metric=metric,
            hour=dirty.hour,
            count=len(series),
            mean=mean_direction(series) if metric in circular else fsum(series) / len(series),
            min=min(series),
            max=max(series),
        )


def hourly_means(
    *, device_pks: Sequence[int], since: datetime, until: datetime
) -> dict[int, dict[str, list[tuple[datetime, float | None]]]]:
    """Return the hourly means by device and metric, oldest first, of the hours from `since` to `until`.

    One query.
    """
    rows = (
        HourlyReading.objects.filter(device_id__in=device_pks, hour__gte=since, hour__lt=until)
        .order_by("device_id", "metric", "hour")
        .values_list("device_id", "metric", "hour", "mean")
    )
    found: dict[int, dict[str, list[tuple[datetime, float | None]]]] = defaultdict(dict)
    for (device, metric), series in groupby(rows, key=lambda row: row[:2]):
        found[device][metric] = [(hour, mean) for *_key, hour, mean in series]
    return dict(found)
