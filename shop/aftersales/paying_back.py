"""Paying a claim: the refund it leads to, with the units that count as taken back."""

from datetime import datetime
from decimal import Decimal

from accounts.models import User
from shop.aftersales.models import Claim
from shop.aftersales.states import State, move
from shop.order.models import Line
from shop.payments.refunding import refund


def pay_back(
    *,
    claim: Claim,
    amount: Decimal,
    side: str,
    at: datetime,
    by: User | None,
    freight: Decimal = Decimal(0),
    note: str = "",
) -> None:
    """Refund `amount` for the goods and `freight`; call it in the transaction of the decision.

    Units that came back, or that are worth nothing any more, count as refunded with their whole share; a
    smaller sum is for units that stay with the buyer. So do gifts that went along, kept or not.

    Raises:
        NotRefundable: more than is left; the transaction takes everything back.
        NotYourTurn: the claim is not where this step begins.
    """
    line = Line.objects.select_related("order").get(pk=claim.line_id)
    whole = claim.came_back_at is not None or amount >= _share(line, claim.quantity)
    made = refund(
        order=line.order,
        lines={line: claim.quantity if whole else 0} | (_gifts(claim) if whole else {}),
        amount=amount,
        freight=freight,
        reason=f"{claim.number} {claim.get_kind_display()}",
        at=at,
        by=by,
    )
    move(
        claim, State.REFUNDING, verb="paid", side=side, at=at, by=by, note=note, amount=amount, refund=made
    )  # fmt: skip


def _gifts(claim: Claim) -> dict[Line, int]:
    return {gift.line: gift.quantity for gift in claim.gifts.select_related("line")}


def _share(line: Line, quantity: int) -> Decimal:
    from shop.payments.refunding import share

    return share(line, min(quantity, line.quantity - line.refunded_quantity))
