"""A small line of one metric: SVG points for a 120 × 40 box, with every gap in the data left open.

`static/telemetry/live.js` draws the same line from the same numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median_low

WIDTH, TOP, BOTTOM, FLOOR = 120, 8, 34, 40
# A pause longer than so many usual steps is a gap; it is drawn dotted, never bridged.
GAP_STEPS = 3.5
LEAST_GAP = 900  # s: a station may slow down or start to send faster without a gap

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Lists of points for SVG: areas to fill, lines to draw, gaps to dot."""

    areas: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)


def sparkline(points: Sequence[Point]) -> Sparkline:
    """Return the line of (seconds, value) points, oldest first; empty with fewer than two."""
    if len(points) < 2:
        return Sparkline()
    placed = _place(points)
    runs = _runs(points, placed)
    return Sparkline(
        areas=[_joined([(run[0][0], FLOOR), *run, (run[-1][0], FLOOR)]) for run in runs if len(run) > 1],
        lines=[_joined(run if len(run) > 1 else run * 2) for run in runs],
        gaps=[_joined([before[-1], after[0]]) for before, after in pairwise(runs)],
    )


def _place(points: Sequence[Point]) -> list[Point]:
    first, last = points[0][0], points[-1][0]
    values = [value for _, value in points]
    low, high = min(values), max(values)
    across = WIDTH / (last - first or 1)
    up = (BOTTOM - TOP) / (high - low) if high > low else 0
    middle = BOTTOM if up else (BOTTOM + TOP) / 2
    return [((at - first) * across, middle - (value - low) * up) for at, value in points]


def _runs(points: Sequence[Point], placed: list[Point]) -> list[list[Point]]:
    steps = [after[0] - before[0] for before, after in pairwise(points)]
    longest = max(GAP_STEPS * median_low(steps), LEAST_GAP)
    runs = [[placed[0]]]
    for step, point in zip(steps, placed[1:], strict=True):
        if step > longest:
            runs.append([point])
        else:
            runs[-1].append(point)
    return runs


def _joined(points: Sequence[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
