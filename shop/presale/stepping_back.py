"""Stepping back from a delayed harvest: the right to the whole deposit, by one click."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from shop.order.models import Order
from shop.ordering.cancelling import cancel_order
from shop.presale.models import Booking, PresaleDelay


class NoRightToStepBack(ValueError):
    """There was no delay since the booking, or the balance is paid; the text says which."""


def delay_since(booking: Booking) -> PresaleDelay | None:
    """Return the newest delay told after the booking was made. One query."""
    return PresaleDelay.objects.filter(presale=booking.presale_id, at__gte=booking.booked_at).last()


def may_step_back(booking: Booking) -> bool:
    """Tell whether the buyer may have the deposit back now: delayed, and the balance not paid yet."""
    return booking.order.state == Order.State.RESERVED and delay_since(booking) is not None


def holds_its_buyer(order: Order) -> bool:
    """Tell whether an order cannot simply be cancelled by its buyer: a deposit is paid on a harvest.

    The way out of those is `step_back`; the office may cancel any.
    """
    return order.kind == Order.Kind.PRESALE and order.state != Order.State.UNPAID


def step_back(*, order: Order, at: datetime, by: User | None = None) -> None:
    """Cancel a delayed booking and give the whole deposit back.

    Raises:
        NoRightToStepBack: the harvest was not delayed since, or the order has moved on.
    """
    booking = Booking.objects.select_related("order").get(order=order)
    if not may_step_back(booking):
        text = _("The deposit comes back when the harvest is delayed, as long as the balance is not paid.")
        raise NoRightToStepBack(text)
    cancel_order(order=order, reason=_("The harvest is delayed."), at=at, by=by)
