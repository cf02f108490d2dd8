"""How devices are doing: how much they report, what of it cannot be read, and where a week has gaps.

`device_health` makes four queries, however many devices.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from telemetry.models import Device, DirtyHour, HourlyReading, UnreadableMessage

DAYS = 7
HOUR = timedelta(hours=1)
ENOUGH = 0.5  # of the expected readings: an hour with fewer counts as thin
_STRANGERS = 50  # names nobody knows that are listed

Hours = Mapping[datetime, int | None]
"""beginning of the hour → readings, None while they are not counted yet"""


@dataclass(frozen=True, slots=True)
class Gap:
    """Hours on end without a reading."""

    since: datetime
    until: datetime

    @property
    def hours(self) -> int:
        """How long."""
        return int((self.until - self.since) / HOUR)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hours on end of one state, for the drawing: hours since the beginning of the week."""

    start: int
    length: int
    state: str  # none, thin, full, before


@dataclass(frozen=True, slots=True)
class DeviceHealth:
    """A device with what its last week was like."""

    device: Device
    expected: int  # readings an hour
    last_hour: int | None  # readings in the last whole hour
    last_day: int
    gaps: tuple[Gap, ...]
    week: tuple[Stretch, ...]
    unreadable: int = 0  # messages of the last day
    newest_unreadable: UnreadableMessage | None = None


def devices_to_look_at(*, at: datetime) -> QuerySet[Device]:
    """Return the devices in use with their bases; `known_before` tells who reported before this week."""
    before = HourlyReading.objects.filter(device_id=OuterRef("pk"), hour__lt=_week(at))
    devices = Device.objects.filter(is_active=True).select_related("base", "model")
    return devices.annotate(known_before=Exists(before)).order_by("base__name", "device_id")


def device_health(devices: Sequence[Device], *, at: datetime) -> list[DeviceHealth]:
    """Return how these devices (of `devices_to_look_at`) are doing, in their order."""
    hours = _hours([device.pk for device in devices], at)
    unreadable = _unreadable([device.device_id for device in devices], at)
    newest = UnreadableMessage.objects.in_bulk([pk for _count, pk in unreadable.values()])
    return [
        _health(device, hours.get(device.pk, {}), at, *_last(unreadable.get(device.device_id), newest))
        for device in devices
    ]


def strangers(*, at: datetime) -> list[dict[str, Any]]:
    """Return the names under which messages came in the last day that no device in use has."""
    known = Device.objects.filter(device_id=OuterRef("device_id"), is_active=True)
    messages = UnreadableMessage.objects.filter(received_at__gt=at - timedelta(days=1)).exclude(Exists(known))
    counted = messages.order_by().values("device_id").annotate(count=Count("pk"), newest=Max("pk"))
    return [dict(row) for row in counted.order_by("-count", "device_id")[:_STRANGERS]]


def _week(at: datetime) -> datetime:
    """Return the beginning of the first hour of the last seven days."""
    return at.replace(minute=0, second=0, microsecond=0) - timedelta(days=DAYS)


def _hours(pks: list[int], at: datetime) -> dict[int, dict[datetime, int | None]]:
    """Return the hours that have readings, by device. Two queries."""
    rows = (
        HourlyReading.objects.filter(device_id__in=pks, hour__gte=_week(at), hour__lte=at)
        .order_by()
        .values_list("device_id", "hour")
        .annotate(readings=Max("count"))
    )
    found: dict[int, dict[datetime, int | None]] = {pk: {} for pk in pks}
    for pk, hour, count in rows:
        found[pk][hour] = count
    waiting = DirtyHour.objects.filter(device_id__in=pks, hour__gte=_week(at), hour__lte=at)
    for pk, hour in waiting.values_list("device_id", "hour"):
        found[pk].setdefault(hour, None)
    return found


def _unreadable(names: list[str], at: datetime) -> dict[str, tuple[int, int]]:
    """Return how many unreadable messages came in the last day and the key of the newest, by device id."""
    messages = UnreadableMessage.objects.filter(device_id__in=names, received_at__gt=at - timedelta(days=1))
    rows = messages.order_by().values_list("device_id").annotate(count=Count("pk"), newest=Max("pk"))
    return {name: (count, newest) for name, count, newest in rows}


def _last(
    counted: tuple[int, int] | None, newest: Mapping[int, UnreadableMessage]
) -> tuple[int, UnreadableMessage | None]:
    return (counted[0], newest.get(counted[1])) if counted else (0, None)


def _health(
    device: Device, hours: Hours, at: datetime, unreadable: int, newest: UnreadableMessage | None
) -> DeviceHealth:
    expected = max(1, round(3600 / device.interval_seconds))
    this_hour = at.replace(minute=0, second=0, microsecond=0)
    states = list(_states(device, hours, expected, at))
    return DeviceHealth(
        device,
        expected,
        last_hour=hours.get(this_hour - HOUR, 0),
        last_day=sum(count or 0 for hour, count in hours.items() if hour >= this_hour - 24 * HOUR),
        gaps=tuple(_gaps(states)),
        week=tuple(_stretches(states)),
        unreadable=unreadable,
        newest_unreadable=newest,
    )


def _states(device: Device, hours: Hours, expected: int, at: datetime) -> Iterator[tuple[datetime, str]]:
    """Yield each whole hour of the week with its state; before a device's first hour nothing is missing."""
    started = getattr(device, "known_before", False)
    for number in range(DAYS * 24):
        hour = _week(at) + number * HOUR
        count = hours.get(hour, 0)
        started = started or hour in hours
        if not started:
            yield hour, "before"
        elif count == 0:
            yield hour, "none"
        else:
            yield hour, "thin" if count is not None and count < expected * ENOUGH else "full"


def _gaps(states: Iterable[tuple[datetime, str]]) -> Iterator[Gap]:
    for state, run in groupby(states, key=lambda pair: pair[1]):
        if state == "none":
            hours = [hour for hour, _state in run]
            yield Gap(hours[0], hours[-1] + HOUR)


def _stretches(states: Iterable[tuple[datetime, str]]) -> Iterator[Stretch]:
    start = 0
    for state, run in groupby(states, key=lambda pair: pair[1]):
        length = sum(1 for _ in run)
        yield Stretch(start, length, state)
        start += length
