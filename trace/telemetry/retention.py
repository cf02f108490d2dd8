"""How long readings and unreadable messages are kept. Hourly readings are kept for ever."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from telemetry.models import Device, DirtyHour, Reading, UnreadableMessage

_STEP = timedelta(hours=6)  # of one device deleted at once: the ingest is never kept waiting


class NotRolledUp(RuntimeError):
    """Hours that would be deleted are not in the hourly readings yet."""


def prune_readings(*, before: datetime) -> int:
    """Delete readings from before that time, whose hourly readings stay, and return how many.

    Raises:
        NotRolledUp: an hour before that time is dirty; nothing was deleted.
    """
    if DirtyHour.objects.filter(hour__lt=before).exists():
        raise NotRolledUp("roll the readings up first")
    return sum(
        Reading.objects.filter(
            device_id=device.pk, at__gte=since, at__lt=min(since + _STEP, before)
        ).delete()[0]
        for device in Device.objects.order_by("pk")
        for since in _steps(device, before)
    )


def prune_unreadable(*, before: datetime) -> int:
    """Delete unreadable messages from before that time and return how many."""
    return UnreadableMessage.objects.filter(received_at__lt=before).delete()[0]


def _steps(device: Device, before: datetime) -> Iterator[datetime]:
    """Yield the beginnings of the pieces to delete, passing over gaps."""
    since = None
    while True:
        older = Reading.objects.filter(device_id=device.pk, at__lt=before)
        older = older.filter(at__gte=since) if since else older
        first = older.order_by("at").values_list("at", flat=True).first()
        if first is None:
            return
        yield first
        since = first + _STEP
