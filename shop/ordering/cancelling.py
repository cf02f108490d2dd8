"""Cancelling an order before anything of it left: stock, coupons and money go back where they came from."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from brand.acts.models import record_act
from shop.fulfilment.models import Consignment
from shop.fulfilment.stopping import stop_order
from shop.order.models import Order
from shop.ordering.states import NEXT, advance
from shop.payments.closing import settle_or_close
from shop.payments.refunding import give_back_rest, is_refunded
from shop.presale.giving_back import give_back
from shop.promotions.using import give_back as give_coupons_back
from shop.stock.reserving import release

logger = logging.getLogger(__name__)

NOT_PAID = gettext_noop("Not paid in time.")


class NotCancellable(ValueError):
    """It is too late: something of the order is on its way, or it is closed. Nothing was changed."""


def cancel_order(
    *, order: Order, reason: str, at: datetime, by: User | None = None, only: str | None = None
) -> None:
    """Cancel `order`: promise its stock to others, give coupons back, refund what was paid.

    The order is locked first, as every verb of money does, so that a payment that comes at the same moment
    is either there to be refunded or finds the order cancelled and goes back by itself. The clock cancels
    `only` what is still in the state it looked for.

    Raises:
        NotCancellable: see there.
    """
    with transaction.atomic():
        held = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
        gone_on = only is not None and held.state != only
        if gone_on or Order.State.CANCELLED not in NEXT[held.state] or _is_packed(held):
            raise NotCancellable(
                _("Order %(number)s cannot be cancelled any more: it is on its way or closed.")
                % {"number": held.number}
            )
        was = held.state
        advance(held, Order.State.CANCELLED, at=at)
        stop_order(order=held, at=at)
        _give_stock_back(held, was=was, at=at)
        if not is_refunded(held):  # with its last piece they came back before
            give_coupons_back(order=held, at=at)
        give_back_rest(order=held, reason=reason, at=at, by=by)
        record_act(held, "cancelled", by=by, at=at, note=reason)
    order.state, order.closed_at = held.state, held.closed_at


def close_unpaid(*, at: datetime) -> int:
    """Cancel the orders nobody paid in time, a hundred at a time; return how many.

    Whether something was paid unheard is asked first, over the network and outside of transactions.
    """
    late = Order.objects.filter(state=Order.State.UNPAID, pay_until__lt=at).order_by("pay_until")
    closed = 0
    for order in late[:100]:
        if not settle_or_close(order=order, at=at):
            continue
        try:
            cancel_order(order=order, reason=NOT_PAID, at=at, only=Order.State.UNPAID)
        except NotCancellable:  # it was paid in this very moment
            logger.info("order %s was paid at the last moment", order.number)
        else:
            closed += 1
    return closed


def _is_packed(order: Order) -> bool:
    """Tell whether a parcel of the order was closed or left: then it is for after-sales."""
    return order.consignments.exclude(
        state__in=[Consignment.State.TO_PACK, Consignment.State.STOPPED]
    ).exists()


def _give_stock_back(order: Order, *, was: str, at: datetime) -> None:
    """Give back what was promised, in the order of the keys, as promising it was."""
    if order.kind == Order.Kind.PRESALE:
        give_back(order=order, at=at)
        return
    lines = order.lines.select_related("stockrecord__product__brand_product").order_by("stockrecord_id", "pk")
    for line in lines:
        left = line.quantity - line.sent_quantity - line.withdrawn_quantity
        if line.stockrecord is not None and left > 0:
            release(stockrecord=line.stockrecord, quantity=left)
