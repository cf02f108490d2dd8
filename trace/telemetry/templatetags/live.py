"""`{% live_metrics base %}` and `{% live_strip base %}`: readings of a base that update themselves."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from telemetry.live.stations import Station, point_names, stations
from telemetry.live.tiles import tiles
from telemetry.live.words import script_words
from telemetry.models import Base
from telemetry.queries import HISTORY_POINTS, STRIP_POINTS

register = template.Library()

STRIP = ("temperature", "humidity", "wind_force", "wind_direction", "pm25")


@register.inclusion_tag("telemetry/live_metrics.html")
def live_metrics(base: Base, *, points: int = HISTORY_POINTS) -> dict[str, Any]:
    """Show everything the stations of `base` measure, with `points` of history until the script has all."""
    return _context(base, stations(base, points=points))


@register.inclusion_tag("telemetry/live_strip.html")
def live_strip(base: Base) -> dict[str, Any]:
    """Show the short form of the first station that has something to say."""
    found = stations(base, only=STRIP, points=STRIP_POINTS)
    return _context(base, sorted(found, key=lambda station: (not station.online, station.at is None))[:1])


@register.simple_tag
def live_tiles(station: Station, *, limits: bool) -> SafeString:
    """Draw the tiles of one station."""
    return tiles(station.tiles, limits=limits)


def _context(base: Base, shown: list[Any]) -> dict[str, Any]:
    limited = any(tile.value and tile.face.limits for station in shown for tile in station.tiles)
    words = {"words": script_words(), "points": " ".join(point_names())}
    return {"base": base, "stations": shown, "limited": limited, **words}
