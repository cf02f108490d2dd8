"""A chart of months: where each column stands, in pixels."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, GAP, HEIGHT = 34, 14, 120


@dataclass(frozen=True, slots=True)
class Column:
    """One month."""

    x: int
    y: int
    height: int
    month: str
    count: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The columns, and the size of all."""

    columns: list[Column]
    width: int
    most: int


def columns(months: Sequence[tuple[str, int]]) -> Chart:
    """Return the chart of `months`, which are (`2026-11`, count) in their order."""
    most = max((count for _month, count in months), default=0)
    drawn = []
    for place, (month, count) in enumerate(months):
        height = round(HEIGHT * count / most) if most else 0
        drawn.append(Column(place * (WIDTH + GAP), HEIGHT - height, height, month, count))
    return Chart(drawn, max(len(drawn) * (WIDTH + GAP), 120), most)
