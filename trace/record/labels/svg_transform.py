"""The `transform` attribute of SVG as PDF operators (SVG 2 §8.5, CSS Transforms)."""

import re
from collections.abc import Callable
from math import cos, radians, sin

_CALL = re.compile(r"\s*,?\s*(\w+)\s*\(([^)]*)\)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")

Matrix = tuple[float, float, float, float, float, float]


def operators(transform: str) -> str:
    """Return the list of transforms as `cm` operators, in their order.

    Raises:
        ValueError: a transform that drawings do not use.
    """
    parts, end = [], 0
    for call in _CALL.finditer(transform):
        name, values = call[1], [float(number) for number in _NUMBER.findall(call[2])]
        if call.start() != end or name not in _MATRICES:
            break
        parts += [f"{' '.join(map(_fine, matrix))} cm" for matrix in _MATRICES[name](*values)]
        end = call.end()
    if not parts or transform[end:].strip():
        raise ValueError(f"transform {transform!r} is not used in drawings")
    return " ".join(parts)


def _fine(value: float) -> str:
    """Return a part of a matrix, which needs more places than a position, without an exponent."""
    return f"{value:.5f}".rstrip("0").rstrip(".")


def _translate(x: float, y: float = 0) -> list[Matrix]:
    return [(1, 0, 0, 1, x, y)]


def _scale(x: float, y: float | None = None) -> list[Matrix]:
    return [(x, 0, 0, x if y is None else y, 0, 0)]


def _rotate(degrees: float, x: float = 0, y: float = 0) -> list[Matrix]:
    turn, rise = cos(radians(degrees)), sin(radians(degrees))
    return [(1, 0, 0, 1, x, y), (turn, rise, -rise, turn, 0, 0), (1, 0, 0, 1, -x, -y)]


_MATRICES: dict[str, Callable[..., list[Matrix]]] = {
    "translate": _translate,
    "scale": _scale,
    "rotate": _rotate,
}
