"""Who is there: a device that says nothing for longer than it should is offline."""

from datetime import datetime

from telemetry.live import frames as live
from telemetry.live.publish import publish
from telemetry.models import Device


def mark_silent(*, at: datetime) -> list[Device]:
    """Mark silent devices as offline, tell who watches, and return them.

    Compare-and-set on `last_seen`: a reading that comes in meanwhile wins.
    """
    online = Device.objects.filter(online=True).select_related("base")
    gone = [device for device in online if device.is_silent(at=at) and _mark(device)]
    publish((device.base.slug, _status(device)) for device in gone)
    return gone


def _mark(device: Device) -> bool:
    unchanged = Device.objects.filter(pk=device.pk, online=True, last_seen=device.last_seen)
    return bool(unchanged.update(online=False))


def _status(device: Device) -> str:
    return live.status(device=device.device_id, online=False, last_seen=device.last_seen)
