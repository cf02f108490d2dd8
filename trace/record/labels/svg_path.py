"""SVG path data as PDF path operators: m, l, c, h (SVG 2 §9.3; arcs by its appendix on implementation)."""

import re
from collections.abc import Iterator
from math import acos, ceil, copysign, cos, hypot, pi, radians, sin, sqrt, tan

from record.labels.pdf import number

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_COMMAND = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])((?:[^A-Za-z]|[eE])*)")
_ARC = re.compile(
    rf"\s*,?\s*({_NUMBER})[\s,]*({_NUMBER})[\s,]*({_NUMBER})[\s,]*([01])[\s,]*([01])[\s,]*({_NUMBER})[\s,]*({_NUMBER})"
)
_ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}

Point = complex  # x + y·j


def operators(data: str) -> str:
    """Return path data as PDF operators; every curve becomes a cubic."""
    path = _Path()
    for command, values in _segments(data):
        path.add(command, values)
    return " ".join(path.parts)


def _segments(data: str) -> Iterator[tuple[str, list[float]]]:
    """Yield each command with one set of its numbers; repeated sets after M are lines."""
    for command, text in _COMMAND.findall(data):
        kind = command.upper()
        if kind == "Z":
            yield command, []
            continue
        if kind == "A":
            values = [float(value) for found in _ARC.finditer(text) for value in found.groups()]
        else:
            values = [float(value) for value in re.findall(_NUMBER, text)]
        for start in range(0, len(values), _ARITY[kind]):
            repeated = {"M": "L", "m": "l"}.get(command, command)
            yield repeated if start else command, values[start : start + _ARITY[kind]]


class _Path:
    """The pen on its way: where it is, where the figure began, the last control point for smooth curves."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._at = self._start = 0j
        self._cubic: Point | None = None
        self._quadratic: Point | None = None

    def add(self, command: str, values: list[float]) -> None:
        origin = self._at if command.islower() else 0j
        cubic, quadratic = self._cubic, self._quadratic
        self._cubic = self._quadratic = None
        kind = command.upper()
        if kind == "Z":
            self.parts.append("h")
            self._at = self._start
        elif kind in "HV":
            self._line(self._along(kind, values[0], relative=command.islower()))
        elif kind == "A":
            self._arc(values, origin + complex(*values[5:]))
        else:
            points = [origin + complex(*values[place : place + 2]) for place in range(0, len(values), 2)]
            self._through(kind, points, cubic, quadratic)

    def _along(self, kind: str, value: float, *, relative: bool) -> Point:
        if kind == "H":
            return complex(value + self._at.real * relative, self._at.imag)
        return complex(self._at.real, value + self._at.imag * relative)

    def _through(self, kind: str, points: list[Point], cubic: Point | None, quadratic: Point | None) -> None:
        if kind == "M":
            self.parts.append(f"{_pair(points[0])} m")
            self._at = self._start = points[0]
        elif kind == "L":
            self._line(points[0])
        elif kind == "C":
            self._curve(*points)
        elif kind == "S":
            self._curve(_mirrored(cubic, self._at), *points)
        elif kind == "Q":
            self._bend(*points)
        else:
            self._bend(_mirrored(quadratic, self._at), points[0])

    def _line(self, to: Point) -> None:
        self.parts.append(f"{_pair(to)} l")
        self._at = to

    def _curve(self, first: Point, second: Point, to: Point) -> None:
        self.parts.append(f"{_pair(first)} {_pair(second)} {_pair(to)} c")
        self._at, self._cubic = to, second

    def _bend(self, control: Point, to: Point) -> None:
        """A quadratic curve is the cubic whose control points lie two thirds of the way to its own."""
        self._curve(self._at + (control - self._at) * 2 / 3, to + (control - to) * 2 / 3, to)
        self._cubic, self._quadratic = None, control

    def _arc(self, values: list[float], to: Point) -> None:
        rx, ry, turn, large, sweep = abs(values[0]), abs(values[1]), radians(values[2]), values[3], values[4]
        if not (rx and ry) or to == self._at:
            self._line(to)
            return
        for curve in _arc_curves(self._at, to, rx=rx, ry=ry, turn=turn, large=bool(large), sweep=bool(sweep)):
            self._curve(*curve)
        self._cubic = None


def _arc_curves(
    begin: Point, to: Point, *, rx: float, ry: float, turn: float, large: bool, sweep: bool
) -> Iterator[tuple[Point, Point, Point]]:
    """Yield cubics of at most a quarter turn each (SVG 2 appendix B.2.4: from end points to centre)."""
    rotation = complex(cos(turn), sin(turn))
    half = (begin - to) / 2 / rotation
    stretch = max(1.0, hypot(half.real / rx, half.imag / ry))  # radii too small are enlarged
    rx, ry = rx * stretch, ry * stretch
    unit = complex(half.real / rx, half.imag / ry)
    offset = sqrt(max(0.0, 1 / abs(unit) ** 2 - 1)) * (-1 if large == sweep else 1)
    middle = complex(unit.imag, -unit.real) * offset
    start, end = unit - middle, -unit - middle
    sweep_angle = _angle(start, end, sweep=sweep)
    steps = ceil(abs(sweep_angle) / (pi / 2) - 1e-9)
    step = sweep_angle / steps
    reach = 4 / 3 * tan(step / 4)
    centre = (begin + to) / 2 + complex(middle.real * rx, middle.imag * ry) * rotation

    def placed(point: complex) -> Point:
        return centre + complex(point.real * rx, point.imag * ry) * rotation

    for _ in range(steps):
        after = start * complex(cos(step), sin(step))
        yield placed(start + start * 1j * reach), placed(after - after * 1j * reach), placed(after)
        start = after


def _angle(start: complex, end: complex, *, sweep: bool) -> float:
    """Return the angle from `start` to `end` in the direction `sweep` says."""
    turn = end / start
    angle = copysign(acos(max(-1.0, min(1.0, turn.real / abs(turn)))), turn.imag)
    if sweep and angle < 0:
        return angle + 2 * pi
    return angle - 2 * pi if not sweep and angle > 0 else angle


def _mirrored(control: Point | None, at: Point) -> Point:
    return at if control is None else 2 * at - control


def _pair(point: Point) -> str:
    return f"{number(point.real)} {number(point.imag)}"
