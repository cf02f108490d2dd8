"""The small charts of the last 24 hours: hourly means as lines, lowest to highest as a band, gaps as gaps.

Pure: hourly values in, coordinates out; the template only writes them down.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

WIDTH, HEIGHT = 240, 72
TOP, BOTTOM = 6, 66  # of the drawing area
HOUR = timedelta(hours=1)
FEWEST_HOURS = 2  # fewer make no line

Hour = tuple[float | None, float, float]
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class DayChart:
    """One metric over the hours up to now, ready to draw in a box of WIDTH × HEIGHT."""

    lines: list[str]
    bands: list[str]
    gaps: list[str]
    lowest: float
    highest: float
    hours: int

    @property
    def is_complete(self) -> bool:
        """Whether no hour between the first and the last is missing."""
        return not self.gaps


def day_chart(hours: Mapping[datetime, Hour], *, until: datetime, span: int = 24) -> DayChart | None:
    """Return the chart of hourly (mean, lowest, highest), or None when there is too little to draw.

    `until` is any moment of the last hour; the drawing covers the `span` hours that end with it.
    """
    last = until.replace(minute=0, second=0, microsecond=0)
    first = last - (span - 1) * HOUR
    known = sorted(
        (at, *value) for at, value in hours.items() if first <= at <= last and value[0] is not None
    )
    if len(known) < FEWEST_HOURS:
        return None
    lowest, highest = min(row[2] for row in known), max(row[3] for row in known)
    place = _scale(first, span, lowest, highest)
    runs = list(_runs(known))
    return DayChart(
        lines=[_points(place(at, mean) for at, mean, _, _ in run) for run in runs],
        bands=[_points(_band(run, place)) for run in runs],
        gaps=[_points((place(*before[-1][:2]), place(*after[0][:2]))) for before, after in pairwise(runs)],
        lowest=lowest,
        highest=highest,
        hours=len(known),
    )


def _scale(first: datetime, span: int, lowest: float, highest: float) -> Callable[[datetime, float], Place]:
    step = WIDTH / (span - 1)
    height = (BOTTOM - TOP) / ((highest - lowest) or 1)
    middle = 0 if highest > lowest else (BOTTOM - TOP) / 2

    def place(at: datetime, value: float) -> Place:
        return (at - first) / HOUR * step, BOTTOM - middle - (value - lowest) * height

    return place


def _runs(known: list[tuple]) -> Iterator[list[tuple]]:
    """Split into runs of hours without a gap."""
    run = known[:1]
    for before, after in pairwise(known):
        if after[0] - before[0] > HOUR:
            yield run
            run = []
        run.append(after)
    yield run


def _band(run: list[tuple], place: Callable[[datetime, float], Place]) -> Iterator[Place]:
    yield from (place(at, highest) for at, _, _, highest in run)
    yield from (place(at, lowest) for at, _, lowest, _ in reversed(run))


def _points(places: Iterable[Place]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
