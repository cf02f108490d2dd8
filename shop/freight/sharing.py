"""A sum of money in parts that add up to it to the cent: the largest remainders get the odd cents."""

from collections.abc import Sequence
from decimal import Decimal

CENT = Decimal("0.01")


def share_out(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Return `amount` in parts like `weights` (not negative); without any weight in equal parts."""
    if not weights:
        return []
    whole = sum(weights)
    if not whole:
        weights, whole = [Decimal(1)] * len(weights), Decimal(len(weights))
    cents = int(amount / CENT)
    exact = [cents * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    odd = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in odd[: cents - sum(parts)]:
        parts[place] += 1
    return [part * CENT for part in parts]
