"""Readings that arrive for an hour whose own readings were pruned: added to the hour, then gone like them.

Nothing is computed anew from what is no longer there. A redelivery after so long counts twice: the row that
would have told is pruned.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from telemetry.hours import hourly_readings, together
from telemetry.models import DirtyHour, HourlyReading, Reading, ReadingsHorizon
from telemetry.upserts import HOUR_COLUMNS, HourRow

_HOUR = timedelta(hours=1)


def late_and_whole(turn: Sequence[DirtyHour]) -> tuple[list[DirtyHour], list[DirtyHour]]:
    """Return the hours before the horizon of their device, and those whose readings are all there."""
    devices = {dirty.device_id for dirty in turn}
    rows = ReadingsHorizon.objects.filter(device_id__in=devices).values_list("device_id", "kept_from")
    kept_from = dict(rows)
    late = [one for one in turn if one.device_id in kept_from and one.hour < kept_from[one.device_id]]
    gone = {one.pk for one in late}
    return late, [one for one in turn if one.pk not in gone]


def add_late(dirty: DirtyHour) -> Iterator[HourRow]:
    """Yield the hour with what came late and delete that: part of the transaction that writes the hour."""
    readings = Reading.objects.filter(
        device_id=dirty.device_id, at__gte=dirty.hour, at__lt=dirty.hour + _HOUR
    )
    came = dict(readings.values_list("at", "values"))
    known = HourlyReading.objects.filter(device_id=dirty.device_id, hour=dirty.hour)
    rolled_up = {row.metric: row for row in map(HourRow._make, known.values_list(*HOUR_COLUMNS))}
    for row in hourly_readings(dirty.device_id, dirty.hour, came.values()):
        before = rolled_up.get(row.metric)
        yield together(before, row) if before else row
    # those that were read, not what came in between: that marked the hour again and is added next time
    Reading.objects.filter(device_id=dirty.device_id, at__in=list(came)).delete()
