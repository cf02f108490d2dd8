"""What pages show of a base: its devices with their newest values and a short history.

`latest` and `snapshot` make one query for the devices, one for each device, and none for the metrics
(`vocabulary` remembers those).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from telemetry.models import Base, Device, Reading
from telemetry.vocabulary import current_vocabulary

HISTORY_POINTS = 60  # a metric

Point = tuple[float, float]


class UnknownBase(LookupError):
    """No base has that slug."""


@dataclass(frozen=True, slots=True)
class DeviceState:
    """A device with the newest value of each public metric and up to 60 points before it, oldest first."""

    device: Device
    at: datetime | None
    values: Mapping[str, float]
    history: Mapping[str, list[Point]] = field(default_factory=dict)
    online: bool = False  # whether the values may be called current

    @property
    def last_seen(self) -> datetime | None:
        """When the device was last heard."""
        return self.device.last_seen


def latest(base: Base, *, at: datetime | None = None) -> list[DeviceState]:
    """Return the state of every device in use of `base`, by device id.

    A device nobody heard for too long is not online, even while the ingest that would notice is down.
    """
    now = at or timezone.now()
    devices = base.devices.filter(is_active=True).order_by("device_id")
    return [_state(device, now) for device in devices]


def snapshot(base_slug: str, *, at: datetime | None = None) -> dict[str, Any]:
    """Return the first frame of a viewer of that base, as interfaces describe it.

    Raises:
        UnknownBase: there is no such base.
    """
    base = Base.objects.filter(slug=base_slug).first()
    if base is None:
        raise UnknownBase(base_slug)
    now = at or timezone.now()
    devices = [_as_json(state) for state in latest(base, at=now)]
    return {"type": "snapshot", "base": base.slug, "at": iso(now), "devices": devices}


def iso(at: datetime) -> str:
    """Return an aware time as `2026-11-22T08:00:00Z`, with milliseconds only where there are any."""
    spec = "milliseconds" if at.microsecond >= 1000 else "seconds"
    return at.astimezone(UTC).isoformat(timespec=spec).replace("+00:00", "Z")


def _state(device: Device, now: datetime) -> DeviceState:
    rows = Reading.objects.filter(device_id=device.pk).order_by("-at")[:HISTORY_POINTS]
    readings = list(rows.values_list("at", "values"))
    history = _history(reversed(readings))
    values = {metric: points[-1][1] for metric, points in history.items()}
    online = device.online and not device.is_silent(at=now)
    return DeviceState(device, readings[0][0] if readings else None, values, history, online)


def _history(readings: Iterable[tuple[datetime, dict[str, float]]]) -> dict[str, list[Point]]:
    points: dict[str, list[Point]] = {key: [] for key in current_vocabulary().public_keys}
    for at, values in readings:
        seconds = round(at.timestamp(), 3)
        for metric in points.keys() & values.keys():
            points[metric].append((seconds, values[metric]))
    return {metric: series for metric, series in points.items() if series}


def _as_json(state: DeviceState) -> dict[str, Any]:
    return {
        "id": state.device.device_id,
        "online": state.online,
        "last_seen": iso(state.last_seen) if state.last_seen else None,
        "values": state.values,
        "history": state.history,
    }
