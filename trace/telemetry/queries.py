"""What pages show of a base: its devices with their newest values and a short history.

`latest` makes one query however many devices there are (`snapshot` one more, for the base), and none for the
metrics (`vocabulary` remembers those).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import JSONField, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from lib.prepared import Prepared
from telemetry.models import Base, Device
from telemetry.vocabulary import current_vocabulary

HISTORY_POINTS = 60  # a metric
STRIP_POINTS = 20  # of the short form
_READ = "_devices_read"  # where a base keeps devices that were read with it
_SHOWN = ("base_id", "device_id", "name", "silent_after", "online", "last_seen")

# The newest readings of a device come with it as one JSON text: read row by row through the ORM they take
# twice the CPU, on the page that a first scan waits for. The two databases name the functions differently.
_NEWEST = """(
    SELECT {rows}({row}(at, {values})) FROM (
        SELECT at, "values" FROM telemetry_reading WHERE device_id = telemetry_device.id
        ORDER BY at DESC LIMIT %s
    ) AS newest
)"""
_JSON = {
    "postgresql": {"rows": "jsonb_agg", "row": "jsonb_build_array", "values": '"values"'},
    "sqlite": {"rows": "json_group_array", "row": "json_array", "values": 'json("values")'},
}

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


def latest(base: Base, *, at: datetime | None = None, points: int = HISTORY_POINTS) -> list[DeviceState]:
    """Return the state of every device in use of `base`, by device id, with up to `points` of each metric.

    A device nobody heard for too long is not online, even while the ingest that would notice is down.
    """
    now = at or timezone.now()
    read: list[Device] | None = base.__dict__.get(_READ)
    devices: list[Any] = _devices(points)(base.pk) if read is None else read
    return [_state(device, device.newest or [], now) for device in devices]


def bases_with_devices(keys: Collection[int], *, points: int = HISTORY_POINTS) -> dict[int, Base]:
    """Return the bases of these keys, their devices read along for `latest`.

    1 query for all that have a device in use, 1 more for those that have none.
    """
    bases: dict[int, Base] = {}
    for device in _with_newest(points).filter(base__in=keys).select_related("base"):
        base = bases.setdefault(device.base_id, device.base)
        base.__dict__.setdefault(_READ, []).append(device)
    if bare := set(keys) - set(bases):
        bases |= Base.objects.in_bulk(bare)
    for base in bases.values():
        base.__dict__.setdefault(_READ, [])
    return bases


@cache
def _devices(points: int) -> Prepared[Any]:
    """Return the query of the devices of a base, each with so many of its newest readings."""
    return Prepared(lambda base: _with_newest(points).filter(base=base).only(*_SHOWN))


def _with_newest(points: int) -> QuerySet[Any]:
    newest = RawSQL(_NEWEST.format(**_JSON[connection.vendor]), [points], JSONField())  # noqa: S611
    return Device.objects.filter(is_active=True).annotate(newest=newest).order_by("device_id")


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


def _state(device: Device, newest: list[tuple[str, dict[str, float]]], now: datetime) -> DeviceState:
    readings = [(_moment(at), values) for at, values in newest]
    history = _history(reversed(readings))
    values = {metric: points[-1][1] for metric, points in history.items()}
    online = device.online and not device.is_silent(at=now)
    return DeviceState(device, readings[0][0] if readings else None, values, history, online)


def _moment(text: str) -> datetime:
    when = datetime.fromisoformat(text)
    return when if when.tzinfo else when.replace(tzinfo=UTC)  # SQLite keeps times in UTC without saying so


def _history(readings: Iterable[tuple[datetime, dict[str, float]]]) -> dict[str, list[Point]]:
    points: dict[str, list[Point]] = {key: [] for key in current_vocabulary().public_keys}
    for at, values in readings:
        seconds = round(at.timestamp(), 3)
        for metric, value in values.items():
            if metric in points:
                points[metric].append((seconds, value))
    return {metric: series for metric, series in points.items() if series}


def _as_json(state: DeviceState) -> dict[str, Any]:
    return {
        "id": state.device.device_id,
        "online": state.online,
        "last_seen": iso(state.last_seen) if state.last_seen else None,
        "values": state.values,
        "history": state.history,
    }
