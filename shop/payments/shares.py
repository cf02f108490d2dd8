"""Shares: what the units of a line were paid with, and how a sum is divided without losing a cent."""

from collections.abc import Hashable, Mapping
from decimal import ROUND_DOWN, Decimal
from typing import TypeVar

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")
Key = TypeVar("Key", bound=Hashable)


def summed(amount: Decimal | None) -> Decimal:
    """Return what the database added up, to the cent: SQLite adds money as floats, none as nothing."""
    return (amount or NOTHING).quantize(CENT)


def divide(amount: Decimal, weights: Mapping[Key, Decimal]) -> dict[Key, Decimal]:
    """Divide `amount` in proportion to `weights`, by largest remainder: the parts add up to it.

    Equal remainders are served in the order given. Without any weight the first bears it all.
    """
    if not weights:
        raise ValueError("nothing to divide among")
    whole = sum(weights.values(), NOTHING)
    if not whole:
        return {key: amount if not nth else NOTHING for nth, key in enumerate(weights)}
    exact = {key: amount * weight / whole for key, weight in weights.items()}
    parts = {key: part.quantize(CENT, ROUND_DOWN) for key, part in exact.items()}
    left = int((amount - sum(parts.values(), NOTHING)) / CENT)
    for key in sorted(exact, key=lambda each: parts[each] - exact[each])[:left]:
        parts[key] += CENT
    return parts


def of_units(paid: Decimal, quantity: int, *, after: int, units: int) -> Decimal:
    """Return what `units` of `quantity` were paid with, when `after` of them were given back before.

    The first units bear the odd cents, so that all units together make `paid` in whatever steps they come.
    """
    if not 0 <= after <= after + units <= quantity:
        raise ValueError(f"{after} + {units} of {quantity}")
    return _first(paid, quantity, after + units) - _first(paid, quantity, after)


def _first(paid: Decimal, quantity: int, units: int) -> Decimal:
    each = (paid / quantity).quantize(CENT, ROUND_DOWN)
    odd = int((paid - each * quantity) / CENT)
    return each * units + CENT * min(units, odd)
