"""Daily readings: the days of the site's time zone, computed from the hours of every day that changed.

Runs in the transaction that wrote the hours, so a day never lags behind its hours. Every hour weighs the
same, however many readings it has: the 24-hour mean of GB 3095 is that of the 1-hour means.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from telemetry.means import mean_of
from telemetry.models import HourlyReading
from telemetry.upserts import DayRow, write_days
from telemetry.vocabulary import current_vocabulary

DeviceDay = tuple[int, date]
_DAY = timedelta(days=1)


def days_of(hours: Iterable[tuple[int, datetime]]) -> set[DeviceDay]:
    """Return the days of devices that hours of devices belong to."""
    return {(device, timezone.localdate(hour)) for device, hour in hours}


def bounds(day: date) -> tuple[datetime, datetime]:
    """Return the beginning of a day and of the next one."""
    begin, end = (timezone.make_aware(datetime.combine(one, time.min)) for one in (day, day + _DAY))
    return begin, end


def roll_up_days(days: Collection[DeviceDay]) -> None:
    """Compute these days of devices from their hours."""
    devices: dict[date, list[int]] = defaultdict(list)
    for device, day in sorted(days):
        devices[day].append(device)
    write_days(row for day, pks in devices.items() for row in _daily_readings(day, pks))


def _daily_readings(day: date, devices: Collection[int]) -> Iterator[DayRow]:
    begin, end = bounds(day)
    hours = HourlyReading.objects.filter(device_id__in=devices, hour__gte=begin, hour__lt=end)
    found: dict[tuple[int, str], list[tuple]] = defaultdict(list)
    for device, metric, *hour in hours.values_list("device_id", "metric", "count", "mean", "min", "max"):
        found[device, metric].append(tuple(hour))
    for (device, metric), rows in found.items():
        yield _daily_reading(device, metric, day, rows)


def _daily_reading(device: int, metric: str, day: date, hours: list[tuple]) -> DayRow:
    counts, means, lowest, highest = zip(*hours, strict=True)
    known = [mean for mean in means if mean is not None]
    return DayRow(
        device_id=device,
        metric=metric,
        day=day,
        hours=len(hours),
        readings=sum(counts),
        mean=mean_of(known, current_vocabulary().kind(metric)) if known else None,
        min=min(lowest),
        max=max(highest),
    )


# in SQL: half a thousand rows for a page that is looked at a lot
_MEASURED = """
    SELECT metric, day, hours, mean, min, max FROM telemetry_dailyreading
    WHERE device_id IN (SELECT id FROM telemetry_device WHERE base_id = %s)
    AND day BETWEEN %s AND %s AND metric IN ({metrics}) ORDER BY hours, device_id DESC
"""


class DayValue(NamedTuple):
    """One metric of a base on one day."""

    hours: int
    mean: float | None
    lowest: float
    highest: float


def measured_days(
    *, base_pk: int, metrics: Collection[str], first: date, last: date
) -> dict[str, dict[date, DayValue]]:
    """Return what a base measured from `first` to `last`, by metric and day. One query.

    Each day is told by the device that measured most of its hours, in use or not today.
    """
    found: dict[str, dict[date, DayValue]] = {metric: {} for metric in metrics}
    if not metrics:
        return found
    adapt = connection.ops.adapt_datefield_value
    with connection.cursor() as cursor:
        cursor.execute(
            _MEASURED.format(metrics=", ".join(["%s"] * len(metrics))),
            [base_pk, adapt(first), adapt(last), *metrics],
        )
        rows = cursor.fetchall()
    for metric, day, *value in rows:  # the device with most hours comes last and stays
        found[metric][day] = DayValue._make(value)
    return found
