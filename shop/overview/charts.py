"""Charts of the back office: one bar a day, in px; the same numbers stand in a table below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_HEIGHT, _WIDEST, _GAP, _ROOM = 120, 24, 3, 880


@dataclass(frozen=True, slots=True)
class Bar:
    """One day, from the top left; `label` stands below where there is room."""

    day: date
    value: Decimal | int
    x: int
    y: int
    height: int
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars with what the tallest means."""

    bars: list[Bar]
    most: Decimal | int
    width: int
    bar: int
    height: int = _HEIGHT


def bars(values: Sequence[tuple[date, Decimal | int]]) -> Chart:
    """Return the chart of days that follow one another."""
    most = max((value for _day, value in values), default=0) or 1
    wide = max(1, min(_WIDEST, _ROOM // max(1, len(values)) - _GAP))
    every = max(1, len(values) // 10)
    drawn = []
    for place, (day, value) in enumerate(values):
        tall = round(_HEIGHT * Decimal(value) / Decimal(most))
        label = f"{day.month}-{day.day}" if place % every == 0 else ""
        drawn.append(Bar(day, value, place * (wide + _GAP), _HEIGHT - tall, tall, label))
    return Chart(drawn, most, len(values) * (wide + _GAP), wide)
