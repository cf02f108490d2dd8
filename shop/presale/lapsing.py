"""Balances that were not paid in time, by the rule the buyer accepted: the deposit stays, or comes back."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from brand.acts.models import record_act
from shop.order.models import Order
from shop.ordering.cancelling import NotCancellable, cancel_order
from shop.ordering.states import OutOfTurn, advance
from shop.payments.closing import settle_or_close
from shop.presale.giving_back import give_back
from shop.presale.models import Booking, Presale
from shop.presale.telling import tell_lapsed
from shop.promotions.using import give_back as give_coupons_back

logger = logging.getLogger(__name__)


def lapse_unpaid(*, at: datetime) -> int:
    """End the bookings whose balance was not paid until its last moment; return how many.

    A balance that was paid but not told of is asked for at the gateway first, outside any transaction.
    """
    late = Booking.objects.filter(
        presale__state=Presale.State.HARVEST,
        presale__balance_until__lt=at,
        held=True,
        order__state=Order.State.RESERVED,
    ).select_related("order__user", "presale")
    return sum(_lapse(booking, at) for booking in late)


def _lapse(booking: Booking, at: datetime) -> bool:
    kept = booking.presale.deposit_kept
    try:
        if not settle_or_close(order=booking.order, at=at):
            return False
        if kept:
            _keep_deposit(booking, at)
        else:
            reason = _("The balance was not paid in time.")
            cancel_order(order=booking.order, reason=reason, at=at, only=Order.State.RESERVED)
    except (OutOfTurn, NotCancellable):
        logger.info("order %s moved on before its balance lapsed", booking.order.number)
        return False
    tell_lapsed(booking, kept=kept, at=at)
    return True


@transaction.atomic
def _keep_deposit(booking: Booking, at: datetime) -> None:
    """Close the order without giving money back. Money that comes after this goes back by itself.

    Raises:
        OutOfTurn: the balance came in this very moment.
    """
    order = Order.objects.select_for_update(of=("self",)).get(pk=booking.order_id)
    if order.state != Order.State.RESERVED:
        raise OutOfTurn(order.number)
    advance(order, Order.State.CANCELLED, at=at)
    give_back(order=order, at=at)
    give_coupons_back(order=order, at=at)
    Booking.objects.filter(pk=booking.pk).update(deposit_kept_at=at)
    record_act(booking.presale, "deposit_kept", by=None, at=at, note=order.number)
