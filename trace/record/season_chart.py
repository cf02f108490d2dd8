"""The chart of a season's temperature: lowest to highest as a band, means as a line, events numbered. Pure.

A stretch of days becomes one point; one of which less than half was measured is a gap, drawn dotted.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor

from telemetry.daily import DayValue

LEFT, RIGHT, TOP, BOTTOM = 30, 350, 46, 169  # of the drawing area in a box of 360 × 214
MOST_POINTS = 32
MARKS_APART = 22  # numbers nearer to each other would touch
MONTHS_APART = 34
STEPS = (1, 2, 5, 10, 20, 50)  # between two lines, ℃
MOST_LINES = 4
DAY = timedelta(days=1)

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Point:
    """A stretch of days: where it lies across, and its mean, lowest and highest temperature."""

    x: float
    mean: float
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered event."""

    number: int
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class SeasonChart:
    """Ready to draw: places of horizontal lines with their temperature, of months, of marks."""

    bands: list[str]
    lines: list[str]
    gaps: list[str]
    levels: list[tuple[float, int]]
    months: list[tuple[float, date]]
    marks: list[Mark]


def season_chart(
    days: Mapping[date, DayValue], *, first: date, last: date, events: Iterable[tuple[date, str]] = ()
) -> SeasonChart | None:
    """Return the chart, or None when there is too little for a line."""
    runs = list(_runs(days, first, last))
    points = [point for run in runs for point in run]
    if len(points) < 2:
        return None
    levels = _levels(min(point.lowest for point in points), max(point.highest for point in points))
    place = _scale(levels)
    return SeasonChart(
        bands=[_joined(_band(run, place)) for run in runs if len(run) > 1],
        lines=[_joined([(point.x, place(point.mean)) for point in _drawable(run)]) for run in runs],
        gaps=[
            _joined([(one.x, place(one.mean)) for one in (before[-1], after[0])])
            for before, after in pairwise(runs)
        ],
        levels=[(place(level), level) for level in levels],
        months=list(_months(first, last)),
        marks=list(_marks(events, first, last)),
    )


def _across(day: date, first: date, last: date) -> float:
    return LEFT + (RIGHT - LEFT) * ((day - first) / max(last - first, DAY))


def _runs(days: Mapping[date, DayValue], first: date, last: date) -> Iterator[list[Point]]:
    """Yield stretches without a gap between them."""
    length = ceil(((last - first) // DAY + 1) / MOST_POINTS)
    run: list[Point] = []
    for number in range(0, (last - first) // DAY + 1, length):
        stretch = [first + (number + more) * DAY for more in range(length)]
        point = _point([day for day in stretch if day <= last], days, first, last)
        if point:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _point(stretch: Sequence[date], days: Mapping[date, DayValue], first: date, last: date) -> Point | None:
    known = [days[day] for day in stretch if day in days]
    means = [(value.mean, value.hours) for value in known if value.mean is not None]
    if not means or len(known) * 2 < len(stretch):
        return None
    x = (_across(stretch[0], first, last) + _across(stretch[-1], first, last)) / 2
    mean = sum(mean * hours for mean, hours in means) / sum(hours for _mean, hours in means)
    return Point(x, mean, min(value.lowest for value in known), max(value.highest for value in known))


def _drawable(run: list[Point]) -> list[Point]:
    """Return points of a line: a single one twice, which round ends make a dot."""
    return run if len(run) > 1 else run * 2


def _levels(lowest: float, highest: float) -> list[int]:
    """Return round temperatures that hold all values between them, few of them."""
    for step in STEPS:
        below, above = floor(lowest / step), ceil(highest / step)
        if above - below < MOST_LINES:
            break
    return [number * step for number in range(below, max(above, below + 1) + 1)]


def _scale(levels: Sequence[int]) -> Callable[[float], float]:
    """Return a function from a temperature to how far down it lies."""
    per_degree = (BOTTOM - TOP) / (levels[-1] - levels[0])
    return lambda temperature: BOTTOM - (temperature - levels[0]) * per_degree


def _band(run: Sequence[Point], place: Callable[[float], float]) -> list[Place]:
    above = [(point.x, place(point.highest)) for point in run]
    return above + [(point.x, place(point.lowest)) for point in reversed(run)]


def _months(first: date, last: date) -> Iterator[tuple[float, date]]:
    """Yield where months begin, as many as have room."""
    taken = float("-inf")
    for day in (first + number * DAY for number in range((last - first) // DAY + 1)):
        x = _across(day, first, last)
        if day.day == 1 and x - taken >= MONTHS_APART:
            yield x, day
            taken = x


def _marks(events: Iterable[tuple[date, str]], first: date, last: date) -> Iterator[Mark]:
    """Number the events that have room, of a day the first; the last one rather than one just before it."""
    by_day: dict[date, str] = {}
    for day, label in events:
        if first <= day <= last:
            by_day.setdefault(day, label)
    placed = [(_across(day, first, last), by_day[day]) for day in sorted(by_day)]
    kept: list[tuple[float, str]] = []
    for place in reversed(placed):
        if not kept or kept[-1][0] - place[0] >= MARKS_APART:
            kept.append(place)
    yield from (Mark(number, x, label) for number, (x, label) in enumerate(reversed(kept), 1))


def _joined(places: Iterable[Place]) -> str:
    return " ".join(f"{x:.0f},{y:.0f}" for x, y in places)
