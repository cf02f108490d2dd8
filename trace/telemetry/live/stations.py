"""What a page shows of the stations of a base before any script runs: values, times, small lines.

One query; metrics and their limits are remembered.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from telemetry import queries, wind
from telemetry.live.metric_faces import Face, faces
from telemetry.live.sparkline import Sparkline, sparkline
from telemetry.live.words import short_time
from telemetry.models import Base

# Beyond what a device may be silent: the page may come from a cache, the news may be on its way.
GRACE = timedelta(minutes=1)
# A metric this much older than the others of its device is not current although the device is.
STALE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Tile:
    """One metric of one station. One that was never measured is there for the script, hidden."""

    face: Face
    value: str = ""
    degrees: str = ""
    last: str = ""
    line: Sparkline = field(default_factory=Sparkline)

    @property
    def quiet(self) -> bool:
        """Whether the value is no longer current: it shows when and what it was last."""
        return bool(self.last)


@dataclass(frozen=True, slots=True)
class Station:
    """One device as the page shows it."""

    state: queries.DeviceState
    online: bool
    time: str
    tiles: list[Tile]

    @property
    def at(self) -> datetime | None:
        """When it measured last, by its own clock."""
        return self.state.at

    @property
    def name(self) -> str:
        """Its name and number."""
        device = self.state.device
        return f"{device.name} {device.device_id}".strip()

    @property
    def silent_after(self) -> int:
        """Seconds after which the page calls it offline by itself."""
        return int((timedelta(minutes=self.state.device.silent_after) + GRACE).total_seconds())


def stations(
    base: Base,
    *,
    at: datetime | None = None,
    only: Sequence[str] = (),
    points: int = queries.HISTORY_POINTS,
) -> list[Station]:
    """Return the stations of `base` with `points` of history.

    Of the metrics those named, in that order, or all with none named.
    """
    at = at or timezone.now()
    shown = faces(on=timezone.localdate(at))
    if only:
        shown = sorted((face for face in shown if face.key in only), key=lambda face: only.index(face.key))
    return [_station(state, shown, at) for state in queries.latest(base, at=at, points=points)]


def _station(state: queries.DeviceState, shown: list[Face], at: datetime) -> Station:
    device = state.device
    longest = timedelta(minutes=device.silent_after) + GRACE
    online = bool(state.online and state.last_seen and at - state.last_seen <= longest)
    tiles = [_tile(face, state, online, at) for face in shown]
    when = short_time(state.at, now=at, seconds=True) if state.at else ""
    return Station(state, online, when, tiles)


def _tile(face: Face, state: queries.DeviceState, online: bool, at: datetime) -> Tile:
    points = state.history.get(face.key)
    if not points:
        return Tile(face)
    value = points[-1][1]
    text = wind_point(value) if face.is_circular else face.text(value)
    last = _last(text, points[-1][0], state, online, at)
    return Tile(
        face,
        value="—" if last else text,
        degrees=f"{value:.0f}°" if face.is_circular and not last else "",
        last=last,
        line=Sparkline() if face.is_circular else sparkline(points),
    )


def _last(text: str, seconds: float, state: queries.DeviceState, online: bool, at: datetime) -> str:
    """Return what stands beside a value that is not current, or nothing."""
    if state.at is None or (online and state.at.timestamp() - seconds <= STALE.total_seconds()):
        return ""
    when = short_time(datetime.fromtimestamp(seconds, tz=UTC), now=at)
    pattern = _("Last {value} at {time}") if online else _("Offline, last {value} at {time}")
    return pattern.format(value=text, time=when)


def wind_point(degrees: float) -> str:
    """Return the point of the compass in the language of the page."""
    return point_names()[wind.POINTS.index(wind.point(degrees))]


def point_names() -> list[str]:
    """Return the sixteen points from north clockwise in the language of the page."""
    return _("N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW").split()
