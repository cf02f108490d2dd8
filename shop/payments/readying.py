"""An order that is paid, or paid at the door, goes to who packs it."""

from datetime import datetime

from django.db import transaction

from shop.order.models import Order
from shop.ordering.states import advance


def ready_to_send(*, order: Order, at: datetime) -> None:
    """Move the order to "to be sent" and hand it to its sellers; call it in a transaction.

    Raises:
        OutOfTurn: the order is not where this step begins.
    """
    from shop.fulfilment.splitting import split_order
    from shop.fulfilment.telling import tell_ready

    advance(order, Order.State.TO_SEND, at=at)
    split_order(order=order, at=at)
    transaction.on_commit(lambda: tell_ready(order=order, at=at))
