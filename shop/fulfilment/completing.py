"""Completing: an order that was received a week ago, with nothing open about it, is over."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from shop.order.models import Order
from shop.ordering.states import OutOfTurn, advance

AFTER: Final = timedelta(days=7)  # the days in which goods may be returned (消费者权益保护法 art. 25)
# who keeps orders open: dotted paths of functions `() -> Q` on orders that are not to be completed yet
HELD_BY = ["shop.aftersales.reading.with_open_claims"]


def complete_orders(*, at: datetime) -> int:
    """Complete what was received long enough ago; return how many."""
    received = Order.objects.filter(
        state=Order.State.RECEIVED,
        status_changes__new_status=Order.State.RECEIVED,
        status_changes__date_created__lte=at - AFTER,
    )
    for path in HELD_BY:
        held: Callable[[], Q] = import_string(path)
        received = received.exclude(held())
    return sum(_complete(order, at=at) for order in received.distinct()[:500])


def _complete(order: Order, *, at: datetime) -> bool:
    try:
        with transaction.atomic():
            advance(order, Order.State.COMPLETED, at=at)
    except OutOfTurn:  # somebody was faster
        return False
    return True
