"""The life of an order: which state follows which, one write path.

- unpaid → to send → (partly sent →) sent → received → completed
- unpaid → reserved → to send: order agriculture, where deposit, harvest and balance come first
- before the first parcel leaves → cancelled

To be sent is what is paid, and what will be paid at the door.
"""

from datetime import datetime

from shop.order.models import Order, OrderStatusChange

State = Order.State
NEXT: dict[str, set[str]] = {
    State.UNPAID: {State.RESERVED, State.TO_SEND, State.CANCELLED},
    State.RESERVED: {State.TO_SEND, State.CANCELLED},
    State.TO_SEND: {State.PARTLY_SENT, State.SENT, State.CANCELLED},
    State.PARTLY_SENT: {State.SENT},
    State.SENT: {State.RECEIVED},
    State.RECEIVED: {State.COMPLETED},
    State.COMPLETED: set(),
    State.CANCELLED: set(),
}
_CLOSED = {State.COMPLETED, State.CANCELLED}


class OutOfTurn(ValueError):
    """The order is not where this step begins; somebody else may have been first."""


def advance(order: Order, to: str, *, at: datetime) -> None:
    """Move `order` to state `to` and keep the change.

    Compare-and-set on the state the caller saw: of two that move an order at once one loses and nothing of
    what it did stays, if it runs in a transaction, as every caller must.

    Raises:
        OutOfTurn: `to` does not follow, or the order has moved meanwhile.
    """
    was = order.state
    if to not in NEXT[was]:
        raise OutOfTurn(f"{order.number}: {was} -> {to}")
    facts: dict[str, str | datetime] = {"state": to}
    if to in _CLOSED:
        facts["closed_at"] = at
    if not Order.objects.filter(pk=order.pk, state=was).update(**facts):
        raise OutOfTurn(f"{order.number}: no longer {was}")
    for name, value in facts.items():
        setattr(order, name, value)
    change = OrderStatusChange.objects.create(order=order, old_status=was, new_status=to)
    # Oscar's field takes the time of the machine, whatever it is given; ours is the clock of the caller
    OrderStatusChange.objects.filter(pk=change.pk).update(date_created=at)
