"""Hairlines in the margins of a sheet, in line with the edges of every label: where to cut plain paper."""

from functools import cache

from record.labels.ink import MM
from record.labels.pdf import number
from record.labels.presets import Preset

_LENGTH = 3.0  # mm
_CLEAR = 1.0  # mm between a mark and the labels


@cache
def cut_marks(grid: Preset) -> str:
    """Return the operators that draw the marks of `grid`."""
    left, top = grid.margin
    width, height = grid.page
    length = min(_LENGTH, left - 1.5, top - 1.5)
    across, down = _edges(grid)
    upright = [
        _line(grid, x, y, 0, length) for x in across for y in (top - length - _CLEAR, height - top + _CLEAR)
    ]
    level = [
        _line(grid, x, y, length, 0) for y in down for x in (left - length - _CLEAR, width - left + _CLEAR)
    ]
    return f".5 G .25 w {' '.join(upright + level)} S"


def _edges(grid: Preset) -> tuple[list[float], list[float]]:
    """Return where the labels begin and end, across and down; neighbours without a gap share an edge."""
    lefts = [grid.corner(column)[0] for column in range(grid.columns)]
    tops = [grid.corner(row * grid.columns)[1] for row in range(grid.rows)]
    across = {round(x + side, 3) for x in lefts for side in (0, grid.width)}
    down = {round(y + side, 3) for y in tops for side in (0, grid.height)}
    return sorted(across), sorted(down)


def _line(grid: Preset, x: float, y: float, right: float, down: float) -> str:
    start = f"{number(x * MM)} {number((grid.page[1] - y) * MM)} m"
    return f"{start} {number((x + right) * MM)} {number((grid.page[1] - y - down) * MM)} l"
