"""Wind: the force on the scale of GB/T 28591-2012, and the sixteen points of the compass."""

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence

# upper bounds of forces 0 to 17 in m/s; above the last the force stays 17
_UPPER_BOUNDS = (
    0.2, 1.5, 3.3, 5.4, 7.9, 10.7, 13.8, 17.1, 20.7, 24.4, 28.4, 32.6, 36.9, 41.4, 46.1, 50.9, 56.0, 61.2,
)  # fmt: skip
POINTS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")


def force(speed: float) -> int:
    """Return the force of a wind of `speed` m/s; the standard gives bounds to a tenth."""
    return min(bisect_left(_UPPER_BOUNDS, round(speed, 1)), 17)


def point(direction: float) -> str:
    """Return the point nearest to `direction` in degrees: 0 and 360 are N."""
    return POINTS[round(direction / 22.5) % 16]


def degrees(name: str) -> float:
    """Return the direction of a point in degrees.

    Raises:
        ValueError: not one of the sixteen.
    """
    return POINTS.index(name) * 22.5


def mean_direction(directions: Sequence[float], weights: Sequence[float] | None = None) -> float | None:
    """Return the direction of the mean vector in degrees, None when the directions cancel out."""
    angles = [math.radians(direction) for direction in directions]
    lengths = weights or [1.0] * len(angles)
    east = _share(math.sin, angles, lengths)
    north = _share(math.cos, angles, lengths)
    if math.hypot(east, north) < 1e-9:
        return None
    return round(math.degrees(math.atan2(east, north)), 6) % 360


def _share(side: Callable[[float], float], angles: Sequence[float], lengths: Sequence[float]) -> float:
    return math.fsum(side(angle) * length for angle, length in zip(angles, lengths, strict=True)) / math.fsum(
        lengths
    )
