"""Gifts whose condition goes with the article that earned them: back with it, or their value is taken off.

As shops here do it: who sends back what a gift was given for sends the gift too, or keeps it for what it
costs. What the gift was given for stands in the order (`shop.promotions.earned`), so a promotion that changed
since changes nothing. A gift stays where what is kept still earns it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from shop.order.models import Line
from shop.promotions.earned import EarnedGift, Earning

MOST_TOLD = 20  # quantities worked out for the page


@dataclass(frozen=True, slots=True)
class GiftDue:
    """Pieces of a gift that are no longer earned, and what they are worth together."""

    line: Line
    quantity: int
    value: Decimal


def gifts_due(line: Line, quantity: int) -> list[GiftDue]:
    """Return the gifts no longer earned once `quantity` of `line` go back. Two queries."""
    return [due for gift in _earned_with(line) if (due := _due(gift, line, quantity)) is not None]


def gifts_by_quantity(line: Line, left: int) -> list[tuple[int, list[GiftDue]]]:
    """Return from which quantity on which gifts go along, where it changes. Two queries."""
    gifts, told = _earned_with(line), []
    last: list[GiftDue] = []
    for quantity in range(1, min(left, MOST_TOLD) + 1):
        dues = [due for gift in gifts if (due := _due(gift, line, quantity)) is not None]
        if dues != last:
            told.append((quantity, dues))
            last = dues
    return told


def worth(dues: Iterable[GiftDue]) -> Decimal:
    """Return what gifts are worth together."""
    return sum((due.value for due in dues), Decimal("0.00"))


def _earned_with(line: Line) -> list[EarnedGift]:
    gifts = EarnedGift.objects.filter(earnings__line=line).select_related("line")
    return list(gifts.prefetch_related("earnings__line").order_by("pk"))


def _due(gift: EarnedGift, line: Line, quantity: int) -> GiftDue | None:
    base = sum(
        (_kept(one, quantity if one.line_id == line.pk else 0) for one in gift.earnings.all()), Decimal(0)
    )
    earned = min(_times(gift, base) * gift.each, gift.line.quantity)
    # what of the gift never left, or went back before, is nobody's to send
    there = min(gift.line.sent_quantity, gift.line.quantity - gift.line.refunded_quantity)
    pieces = there - earned
    return GiftDue(gift.line, pieces, gift.value * pieces) if pieces > 0 else None


def _kept(earning: Earning, going: int) -> Decimal:
    """Return what the line still counts: like its pieces, of the amount it counted when it was ordered."""
    line = earning.line
    pieces = line.quantity - line.refunded_quantity - going
    return earning.amount * pieces / line.quantity


def _times(gift: EarnedGift, base: Decimal) -> int:
    if base < gift.threshold or base <= 0:
        return 0
    often = int(base // gift.threshold) if gift.threshold else 1
    return min(often, gift.times or often)
