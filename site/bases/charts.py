"""The small charts of a base: means as lines, lowest to highest as a band, gaps as gaps.

Pure: values of hours or days in, coordinates out; the template only writes them down.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeVar

WIDTH, HEIGHT = 240, 72
TOP, BOTTOM = 6, 66  # of the drawing area
FEWEST = 2  # fewer make no line

Value = tuple[float | None, float, float]
"""mean, lowest, highest"""
Place = tuple[float, float]
Moment = TypeVar("Moment", bound=date)


@dataclass(frozen=True, slots=True)
class Chart:
    """One metric over moments after one another, ready to draw in a box of WIDTH × HEIGHT."""

    lines: list[str]
    bands: list[str]
    gaps: list[str]
    lowest: float
    highest: float
    measured: int
    moments: int

    @property
    def is_complete(self) -> bool:
        """Whether no moment is missing."""
        return self.measured == self.moments


@dataclass(frozen=True, slots=True)
class _Known:
    """A moment that was measured; `place` counts from the first."""

    place: int
    mean: float
    lowest: float
    highest: float


def chart(values: Mapping[Moment, Value], *, moments: Sequence[Moment]) -> Chart | None:
    """Return the chart of the values of these moments (hours, or days), or None when there are too few."""
    known = list(_known(values, moments))
    if len(known) < FEWEST:
        return None
    lowest, highest = min(one.lowest for one in known), max(one.highest for one in known)
    down = _scale(lowest, highest)
    across = WIDTH / (len(moments) - 1)
    runs = list(_runs(known))
    return Chart(
        lines=[_points((one.place * across, down(one.mean)) for one in run) for run in runs],
        bands=[_points(_band(run, across, down)) for run in runs],
        gaps=[
            _points((one.place * across, down(one.mean)) for one in (before[-1], after[0]))
            for before, after in pairwise(runs)
        ],
        lowest=lowest,
        highest=highest,
        measured=len(known),
        moments=len(moments),
    )


def _known(values: Mapping[Moment, Value], moments: Sequence[Moment]) -> Iterator[_Known]:
    for place, moment in enumerate(moments):
        if moment in values and (value := values[moment])[0] is not None:
            yield _Known(place, value[0], value[1], value[2])


def _scale(lowest: float, highest: float) -> Callable[[float], float]:
    height = (BOTTOM - TOP) / ((highest - lowest) or 1)
    middle = 0 if highest > lowest else (BOTTOM - TOP) / 2
    return lambda value: BOTTOM - middle - (value - lowest) * height


def _runs(known: list[_Known]) -> Iterator[list[_Known]]:
    """Split into runs without a gap."""
    run = known[:1]
    for before, after in pairwise(known):
        if after.place - before.place > 1:
            yield run
            run = []
        run.append(after)
    yield run


def _band(run: list[_Known], across: float, down: Callable[[float], float]) -> Iterator[Place]:
    yield from ((one.place * across, down(one.highest)) for one in run)
    yield from ((one.place * across, down(one.lowest)) for one in reversed(run))


def _points(places: Iterable[Place]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
