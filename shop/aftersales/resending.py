"""Another one instead: promised out of the stock, packed and sent by the seller like any other."""

from datetime import datetime

from accounts.models import User
from shop.aftersales.models import Claim
from shop.aftersales.states import NotYourTurn, State, move
from shop.fulfilment.splitting import send_again
from shop.order.models import Line
from shop.payments.settling import hold_order
from shop.stock.reserving import reserve


def resend(*, claim: Claim, side: str, at: datetime, by: User | None, note: str = "") -> None:
    """Make the consignment of the replacement; call it in the transaction of the decision.

    Raises:
        NotYourTurn: another thing than an exchange was asked for, or the claim has moved on.
        SoldOut: there is none left to send; the transaction takes everything back.
    """
    if claim.kind != Claim.Kind.EXCHANGE:
        raise NotYourTurn(claim.number)
    line = Line.objects.select_related("order", "partner", "stockrecord__product__brand_product").get(
        pk=claim.line_id
    )
    hold_order(line.order_id)  # before the stock, as every verb of goods and money does
    reserve(stockrecord=line.stockrecord, quantity=claim.quantity)
    made = send_again(order=line.order, partner=line.partner, lines={line: claim.quantity}, at=at)
    move(claim, State.RESENDING, verb="resent", side=side, at=at, by=by, note=note, replacement=made)
