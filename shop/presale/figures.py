"""What a pre-sale comes to, for the office."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

from shop.order.models import Order
from shop.payments.models import Due, Payment
from shop.presale.models import Presale


@dataclass(frozen=True, slots=True)
class Figures:
    """Pieces by where their order stands, and the money that is in."""

    waiting: int
    confirmed: int
    paid: int
    ended: int
    orders: int
    money: Decimal


def figures(presale: Presale) -> Figures:
    """Return what was booked and paid. Two queries."""
    rows = presale.bookings.values("order__state").annotate(pieces=Sum("quantity"), orders=Count("pk"))
    by_state = {row["order__state"]: (row["pieces"], row["orders"]) for row in rows}
    money = Payment.objects.filter(
        due__order__booking__presale=presale,
        due__kind__in=[Due.Kind.DEPOSIT, Due.Kind.BALANCE],
        state=Payment.State.PAID,
    ).aggregate(money=Sum("amount") - Sum("refunded"))["money"]
    state = Order.State
    known = {state.UNPAID, state.RESERVED, state.CANCELLED}
    return Figures(
        waiting=by_state.get(state.UNPAID, (0, 0))[0],
        confirmed=by_state.get(state.RESERVED, (0, 0))[0],
        paid=sum(pieces for key, (pieces, _n) in by_state.items() if key not in known),
        ended=by_state.get(state.CANCELLED, (0, 0))[0],
        orders=sum(orders for _p, orders in by_state.values()),
        money=money or Decimal("0.00"),
    )
