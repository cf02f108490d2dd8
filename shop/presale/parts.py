"""What a pre-sale adds to the page of its order: deposit, balance, the field, the way out of a delay."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from shop.buyer.parts import Part
from shop.order.models import Order
from shop.payments.models import Due
from shop.presale.balances import balance_of
from shop.presale.models import Booking, PresaleDelay
from shop.presale.stepping_back import delay_since


@dataclass(frozen=True, slots=True)
class Booked:
    """A booking as the page of its order shows it."""

    booking: Booking
    deposit: Due | None
    balance: Due | None
    balance_amount: Decimal
    delay: PresaleDelay | None
    may_step_back: bool


def part(order: Order, at: datetime) -> Part | None:
    """Return what there is to say of the booking; None for other orders. Four queries."""
    if order.kind != Order.Kind.PRESALE:
        return None
    booking = Booking.objects.select_related("presale__base", "terms", "order").get(order=order)
    dues = {due.kind: due for due in order.dues.all()}
    delay = delay_since(booking)
    shown = Booked(
        booking,
        dues.get(Due.Kind.DEPOSIT),
        dues.get(Due.Kind.BALANCE),
        balance_of(order),
        delay,
        delay is not None and order.state == Order.State.RESERVED,
    )
    return Part("shop/presale/part.html", {"booked": shown})
