"""The chart of the report: one column a week with the target as a line, in px from the top left."""

from collections.abc import Sequence
from dataclasses import dataclass

from news.planning.figures import Week

HEIGHT, ROOM, WIDEST, GAP = 120, 880, 36, 4


@dataclass(frozen=True, slots=True)
class Column:
    """One week."""

    week: Week
    x: int
    y: int
    height: int
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The columns, what the tallest means, where the target lies."""

    columns: list[Column]
    most: int
    target: int
    target_y: int
    width: int
    column: int
    height: int = HEIGHT


def columns(weeks: Sequence[Week]) -> Chart:
    """Return the chart of weeks that follow one another."""
    least = max((week.least for week in weeks), default=0)
    most = max([least, 1, *(week.count for week in weeks)])
    wide = max(2, min(WIDEST, ROOM // max(1, len(weeks)) - GAP))
    every = max(1, len(weeks) // 10)
    drawn = []
    for place, week in enumerate(weeks):
        tall = round(HEIGHT * week.count / most)
        label = f"{week.monday.month}/{week.monday.day}" if place % every == 0 else ""
        drawn.append(Column(week, place * (wide + GAP), HEIGHT - tall, tall, label))
    line = HEIGHT - round(HEIGHT * least / most)
    return Chart(drawn, most, least, line, max(1, len(weeks)) * (wide + GAP), wide)
