"""Settling: the one place where money becomes paid, whoever tells of it and however often.

A notification, a question to the gateway and an officer may bring the same news at once, twice, late or in
the wrong order. One of them settles; the others find it done. Money that came when nothing was owed any more
(the order was cancelled, or paid in another way) goes back by itself.
"""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.models import User
from shop.order.models import Order
from shop.payments.models import Due, Payment
from shop.payments.readying import ready_to_send
from shop.payments.refunding import give_back_surplus


class WrongAmount(ValueError):
    """Another sum was paid than was asked for; a person must look at it."""


class AnotherTrade(ValueError):
    """The payment was settled by another trade of the gateway."""


class Outcome(StrEnum):
    """What settling did."""

    PAID = "paid"
    AGAIN = "again"
    SURPLUS = "surplus"


def settle(
    *, payment: Payment, trade_no: str, amount: Decimal, at: datetime, by: User | None = None
) -> Outcome:
    """Take note that `payment` was paid, and let the order go on; once, however often it is called.

    The order is locked first, then its payments are read: every verb of money does so in this order, so two
    of them wait for each other and none sees half of what the other did.

    Raises:
        WrongAmount: `amount` is not what was asked; nothing changed.
        AnotherTrade: it was settled before under another number; nothing changed.
    """
    with transaction.atomic():
        order = hold_order(payment.due.order_id)
        paid = Payment.objects.select_related("due").get(pk=payment.pk)
        if paid.state == Payment.State.PAID:
            return _again(paid, trade_no)
        if amount != paid.amount:
            raise WrongAmount(f"{paid.number}: {amount} instead of {paid.amount}")
        owed = _is_owed(order, paid.due)
        paid.state, paid.trade_no, paid.paid_at, paid.by = Payment.State.PAID, trade_no, at, by
        paid.surplus, paid.closed_at = not owed, None
        paid.save(update_fields=["state", "trade_no", "paid_at", "by", "surplus", "closed_at"])
        if not owed:
            give_back_surplus(payment=paid, reason=_why_not_owed(order), at=at)
            return Outcome.SURPLUS
        meet(order=order, due=paid.due, at=at)
        return Outcome.PAID


def hold_order(pk: int) -> Order:
    """Return the order, locked until the transaction ends."""
    return Order.objects.select_for_update(of=("self",)).get(pk=pk)


def meet(*, order: Order, due: Due, at: datetime) -> None:
    """Take note that a due is met, and let the order go on. The order is held by the caller."""
    due.paid_at = at
    due.save(update_fields=["paid_at"])
    # nobody collects cash for what was paid
    at_the_door = due.payments.filter(state=Payment.State.OPEN, gateway="on_delivery")
    at_the_door.update(state=Payment.State.CLOSED, closed_at=at)
    if due.kind != Due.Kind.DEPOSIT:
        order.paid_at = at
        order.save(update_fields=["paid_at"])
    if due.kind == Due.Kind.DEPOSIT:
        _reserve(order, at)
    elif order.state in {Order.State.UNPAID, Order.State.RESERVED}:
        ready_to_send(order=order, at=at)


def _reserve(order: Order, at: datetime) -> None:
    from shop.ordering.states import advance
    from shop.presale.booking import confirm

    advance(order, Order.State.RESERVED, at=at)
    confirm(order=order, at=at)


def _is_owed(order: Order, due: Due) -> bool:
    """Tell whether this sum is still to be paid. A balance may come only after its deposit."""
    if due.paid_at or order.state == Order.State.CANCELLED:
        return False
    before = order.dues.filter(kind=Due.Kind.DEPOSIT, paid_at=None).exclude(pk=due.pk)
    return due.kind != Due.Kind.BALANCE or not before.exists()


def _again(paid: Payment, trade_no: str) -> Outcome:
    if paid.trade_no != trade_no:
        raise AnotherTrade(f"{paid.number}: {trade_no} after {paid.trade_no}")
    return Outcome.AGAIN


def _why_not_owed(order: Order) -> str:
    if order.state == Order.State.CANCELLED:
        return gettext_noop("Paid after the order was cancelled.")
    return gettext_noop("Paid twice.")
