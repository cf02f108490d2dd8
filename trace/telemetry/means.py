"""Means by what is measured: of numbers, of directions, of levels in decibels."""

import math
from collections.abc import Sequence
from enum import Enum

from telemetry.wind import mean_direction


class Kind(Enum):
    """How the mean of a metric is taken."""

    NUMBER = "number"
    DIRECTION = "direction"
    LEVEL = "level"


def mean_of(values: Sequence[float], kind: Kind, weights: Sequence[float] | None = None) -> float | None:
    """Return the mean of at least one value; None when directions cancel out.

    The same values give the same mean in whatever order they come.
    """
    if kind is Kind.DIRECTION:
        return mean_direction(values, weights)
    if kind is Kind.LEVEL:
        return round(10 * math.log10(_mean([10 ** (value / 10) for value in values], weights)), 6)
    return _mean(values, weights)


def _mean(values: Sequence[float], weights: Sequence[float] | None) -> float:
    if weights is None:
        return math.fsum(values) / len(values)
    return math.fsum(value * weight for value, weight in zip(values, weights, strict=True)) / math.fsum(
        weights
    )
