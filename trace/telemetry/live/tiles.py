"""Tiles as HTML: one per metric, ten per station, on the page that a first scan waits for.

Written out here because the template language took ten times the CPU for the same markup.
`static/telemetry/live.js` finds its way by the data attributes.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from telemetry.live.sparkline import Sparkline
from telemetry.live.stations import Tile


def tiles(shown: Iterable[Tile], *, limits: bool) -> SafeString:
    """Return the markup of tiles; `limits` says whether the reference values stand beside them."""
    return SafeString("".join(_tile(tile, limits=limits) for tile in shown))


def _tile(tile: Tile, *, limits: bool) -> str:
    face = tile.face
    quiet = " quietly" if tile.quiet else ""
    marks = (" data-circular" if face.is_circular else "") + ("" if tile.value else " hidden")
    return (
        f'<div class="metric{quiet}" data-metric="{escape(face.key)}" data-decimals="{face.decimals}"{marks}>'
        f"<dt>{escape(face.label)}</dt>"
        f'<dd class="v"><span data-value>{escape(tile.value)}</span>{_unit(tile)}</dd>'
        f"{'' if face.is_circular else _line(tile.line)}"
        f'<dd class="ref" data-last{"" if tile.last else " hidden"}>{escape(tile.last)}</dd>'
        f"{_reference(tile, limits=limits)}</div>"
    )


def _unit(tile: Tile) -> str:
    if tile.face.is_circular:
        return f"<small data-degrees>{escape(tile.degrees)}</small>"
    return f"<small>{escape(tile.face.unit_label)}</small>"


def _line(line: Sparkline) -> str:
    drawn = "".join(f'<polygon class="a" points="{points}"/>' for points in line.areas)
    drawn += "".join(f'<polyline class="l" points="{points}"/>' for points in line.lines)
    drawn += "".join(f'<polyline class="gap" points="{points}"/>' for points in line.gaps)
    box = 'class="spark" viewBox="0 0 120 40" preserveAspectRatio="none" aria-hidden="true" focusable="false"'
    return f"<dd><svg {box}>{drawn}</svg></dd>"


def _reference(tile: Tile, *, limits: bool) -> str:
    text = tile.face.limit_text if limits else ""
    if not text and tile.face.is_circular:
        text = _("Sixteen points")
    return f'<dd class="ref">{escape(text)}</dd>' if text else ""
