"""How long readings and unreadable messages are kept. Hourly and daily readings are kept for ever.

Whole hours go, of one device a few at a time, oldest first; what is not in the hourly readings never goes.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import TruncHour

from telemetry.models import Device, DirtyHour, HourlyReading, Reading, ReadingsHorizon, UnreadableMessage
from telemetry.rollups import roll_up_dirty_hours

_HOUR = timedelta(hours=1)
_STEP = timedelta(hours=6)  # of one device deleted at once: the ingest is never kept waiting


class NotRolledUp(RuntimeError):
    """Hours that would be deleted are not in the hourly readings yet."""


def keep_days(*, days: int, at: datetime) -> tuple[int, int]:
    """Roll up what is missing, then delete readings and unreadable messages older than `days` at least 1.

    Returns how many of each.

    Raises:
        NotRolledUp: readings came late meanwhile; the next call goes on.
    """
    before = at - timedelta(days=max(1, days))
    roll_up_dirty_hours(before=before + _HOUR)
    return prune_readings(before=before), prune_unreadable(before=before)


def prune_readings(*, before: datetime) -> int:
    """Delete the readings of the hours over before that time, whose hourly readings stay; return how many.

    Raises:
        NotRolledUp: an hour before that time is dirty. When it was so from the beginning, nothing was
            deleted; when readings came late meanwhile, the hours before them were.
    """
    before = before.replace(minute=0, second=0, microsecond=0)
    if DirtyHour.objects.filter(hour__lt=before).exists():
        raise NotRolledUp("roll the readings up first")
    return sum(_prune_device(device, before) for device in Device.objects.order_by("pk"))


def prune_unreadable(*, before: datetime) -> int:
    """Delete unreadable messages from before that time and return how many."""
    return UnreadableMessage.objects.filter(received_at__lt=before).delete()[0]


def _prune_device(device: Device, before: datetime) -> int:
    return sum(_prune(device, since, min(since + _STEP, before)) for since in _steps(device, before))


def _steps(device: Device, before: datetime) -> Iterator[datetime]:
    """Yield the beginnings of the pieces to delete, passing over gaps; the last ends with `before`."""
    while True:
        older = Reading.objects.filter(device_id=device.pk, at__lt=before)
        first = older.order_by("at").values_list("at", flat=True).first()
        if first is None:
            break
        yield first.replace(minute=0, second=0, microsecond=0)
    yield before


@transaction.atomic
def _prune(device: Device, since: datetime, until: datetime) -> int:
    """Delete one piece; everything of the device before `until` is gone then.

    `store` locks the device before it writes, so no reading of it comes in or is merged between the question
    whether its hour is dirty and the deletion.
    """
    Device.objects.select_for_update(no_key=True).filter(pk=device.pk).first()
    if DirtyHour.objects.filter(device_id=device.pk, hour__lt=until).exists():
        raise NotRolledUp("readings came late; roll them up first")
    readings = Reading.objects.filter(device_id=device.pk, at__gte=since, at__lt=until)
    if _hours_of(readings.exclude(values={})) - _hours_rolled_up(device, since, until):
        raise NotRolledUp("there are readings that were never rolled up")
    _move_horizon(device, until)
    return int(readings.delete()[0])


def _move_horizon(device: Device, until: datetime) -> None:
    """Note from when on the readings are there; it never goes back. The device is locked."""
    horizon, _made = ReadingsHorizon.objects.get_or_create(device=device, defaults={"kept_from": until})
    if horizon.kept_from < until:
        ReadingsHorizon.objects.filter(device=device).update(kept_from=until)


def _hours_of(readings: QuerySet[Reading]) -> set[datetime]:
    hours = readings.annotate(hour=TruncHour("at", tzinfo=UTC)).values_list("hour", flat=True)
    return set(hours.distinct().order_by("hour"))


def _hours_rolled_up(device: Device, since: datetime, until: datetime) -> set[datetime]:
    hours = HourlyReading.objects.filter(device_id=device.pk, hour__gte=since, hour__lt=until)
    return set(hours.values_list("hour", flat=True).distinct())
