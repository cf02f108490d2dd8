"""Hourly readings, computed again from the readings of every hour that changed, and the days of those hours.

Computing from the readings instead of adding up makes them right whatever came late, twice or in parts. An
hour is forgotten as dirty only if nobody marked it meanwhile (compare-and-set on `marks`). Roll-ups take
turns: of two at once the slower would write what it read before the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.db import connection, transaction

from telemetry.daily import days_of, roll_up_days
from telemetry.hours import hourly_readings
from telemetry.late import add_late, late_and_whole
from telemetry.models import DirtyHour, HourlyReading, Reading
from telemetry.upserts import HourRow, write_hours

HOURS_A_TURN = 200  # hours of devices in one transaction
_HOUR = timedelta(hours=1)
_TURNS = 4_110_212  # of PostgreSQL's advisory locks, this one is ours


def roll_up_dirty_hours(*, before: datetime | None = None) -> int:
    """Compute all dirty hours, oldest first, and return how many.

    With `before`, hours that are not over by then stay dirty: the worker leaves the running hour alone and
    so reads every reading once, however many there are.
    """
    done = 0
    last_seen: tuple[datetime, int] | None = None
    while turn := _next_turn(before, last_seen):
        with transaction.atomic():
            _wait_for_turn()
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


def _wait_for_turn() -> None:
    """Wait for the transaction of another roll-up to end; on SQLite beginning one has waited already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURNS])


def _roll_up(turn: Sequence[DirtyHour]) -> None:
    late, whole = late_and_whole(turn)
    computed = [row for run in _runs(whole) for row in _hourly_readings(run)]
    computed += [row for dirty in late for row in add_late(dirty)]
    # A metric that an hour no longer has cannot happen: readings are merged, never taken away.
    write_hours(computed)
    roll_up_days(days_of((dirty.device_id, dirty.hour) for dirty in turn))
    _forget(turn)


def _forget(turn: Iterable[DirtyHour]) -> None:
    """Forget these hours but for those marked again since they were read (compare-and-set)."""
    same_marks: dict[int, list[int]] = defaultdict(list)
    for dirty in turn:
        same_marks[dirty.marks].append(dirty.pk)
    for marks, pks in same_marks.items():
        DirtyHour.objects.filter(pk__in=pks, marks=marks).delete()


def _runs(dirty: Iterable[DirtyHour]) -> Iterator[list[DirtyHour]]:
    """Yield hours of one device that follow one another: they are read at once."""
    for _device, hours in groupby(sorted(dirty, key=_device_and_hour), key=lambda one: one.device_id):
        run: list[DirtyHour] = []
        for one in hours:
            if run and one.hour - run[-1].hour > _HOUR:
                yield run
                run = []
            run.append(one)
        yield run


def _device_and_hour(dirty: DirtyHour) -> tuple[int, datetime]:
    return dirty.device_id, dirty.hour


def _hourly_readings(run: Sequence[DirtyHour]) -> Iterator[HourRow]:
    device, since, until = run[0].device_id, run[0].hour, run[-1].hour + _HOUR
    readings = Reading.objects.filter(device_id=device, at__gte=since, at__lt=until).order_by("at")
    rows = readings.values_list("at", "values").iterator(chunk_size=5_000)
    for hour, group in groupby(rows, key=lambda row: row[0].replace(minute=0, second=0, microsecond=0)):
        yield from hourly_readings(device, hour, (values for _at, values in group))


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
