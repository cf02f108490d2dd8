"""Choosing how to pay: a payment begins here. No gateway is asked yet."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from lib.prepared import Prepared, PreparedInsert
from shop.order.models import Order
from shop.payments.gateways import Gateway, Purchase, UnknownWay, Visitor, gateway, ways_for
from shop.payments.models import Due, Payment
from shop.payments.numbers import payment_number
from shop.payments.readying import ready_to_send
from shop.payments.settling import hold_order, meet
from shop.payments.terms import terms_of

_ANYBODY = Visitor()
_insert_payment = PreparedInsert(Payment)
_unpaid_of: Prepared[Due] = Prepared(lambda pk: Due.objects.filter(order=pk, paid_at=None).order_by("pk"))
# of a due, the newest first
open_payments: Prepared[Payment] = Prepared(
    lambda pk: Payment.objects.filter(due=pk, state=Payment.State.OPEN).order_by("-pk")
)


class NothingOwed(ValueError):
    """The order owes nothing now: it is paid, cancelled, or its balance is not open yet."""


def purchase_of(order: Order, due: Due) -> Purchase:
    """Return what is to be paid, as gateways look at it."""
    return Purchase(
        amount=due.amount,
        region=order.region,
        pickup=order.delivery == Order.Delivery.PICKUP,
        trade=order.kind == Order.Kind.TRADE,
        ahead=order.kind == Order.Kind.PRESALE,
    )


def due_now(order: Order, *, at: datetime) -> Due | None:
    """Return the sum to be paid now, if any. One query."""
    if order.state == Order.State.CANCELLED:
        return None
    for due in _unpaid_of(order.pk):
        due.order = order
        return due if due.opens_at is None or due.opens_at <= at else None
    return None


def choose_way(*, order: Order, way: str, at: datetime, visitor: Visitor = _ANYBODY) -> Payment | None:
    """Begin to pay what the order owes now; None where it owes nothing in money.

    The same choice again gives the same payment. Cash on delivery lets the order go at once; a transfer
    keeps the goods for as many days as the county says.

    Raises:
        NothingOwed: there is nothing to pay now.
        UnknownWay: this order cannot be paid so.
    """
    with transaction.atomic():
        held = hold_order(order.pk)
        due = due_now(held, at=at)
        if due is None:
            raise NothingOwed(_("There is nothing to pay for this order now."))
        payment = _begin(held, due, way, visitor=visitor, at=at, begun=open_payments(due.pk))
        order.state, order.pay_until = held.state, held.pay_until
        return payment


def choose_first(*, order: Order, dues: Sequence[Due], way: str, at: datetime, visitor: Visitor) -> None:
    """Begin to pay an order in the transaction that places it: nobody else knows of it yet.

    `dues` are its sums in the order they are owed. A way it cannot be paid by is left: the page of paying
    offers others.
    """
    due = dues[0]
    if due.opens_at is None or due.opens_at <= at:
        with suppress(UnknownWay):
            _begin(order, due, way, visitor=visitor, at=at)


def _begin(
    order: Order, due: Due, way: str, *, visitor: Visitor, at: datetime, begun: Sequence[Payment] = ()
) -> Payment | None:
    """Begin to pay `due` of an order the caller holds; `begun` is open already."""
    if not due.amount:
        meet(order=order, due=due, at=at)
        return None
    chosen = _offered(way, order, due)
    payment = _open(due, chosen, visitor, at, begun)
    if way == "on_delivery" and order.state == Order.State.UNPAID:
        order.pay_until = None
        order.save(update_fields=["pay_until"])
        ready_to_send(order=order, at=at)
    elif way == "transfer":
        _keep_longer(order, payment, at)
    return payment


def _offered(way: str, order: Order, due: Due) -> Gateway:
    chosen = gateway(way)
    if chosen not in ways_for(purchase_of(order, due)):
        raise UnknownWay(_("This order cannot be paid this way. Choose another one."))
    return chosen


def _open(due: Due, chosen: Gateway, visitor: Visitor, at: datetime, begun: Sequence[Payment]) -> Payment:
    """Return the open payment of this due, gateway and form; a form that expired begins anew."""
    form = chosen.form(visitor)
    for open_one in begun:
        same = (open_one.gateway, open_one.form, open_one.amount) == (chosen.code, form, due.amount)
        if same and (open_one.expires_at is None or open_one.expires_at > at):
            return open_one
    payment = Payment(
        due=due,
        gateway=chosen.code,
        form=form,
        number=payment_number(at=at),
        amount=due.amount,
        opened_at=at,
        expires_at=None if chosen.by_hand else _until(due, at),
    )
    return _insert_payment(payment)


def _until(due: Due, at: datetime) -> datetime:
    """Return until when a gateway takes the money: as long as the goods are kept, a minute at least.

    What gateways give to go on with holds for two hours; after them the payment begins anew.
    """
    end = due.order.pay_until if due.kind != Due.Kind.BALANCE else due.closes_at
    latest = min(end or at + timedelta(minutes=30), at + timedelta(hours=2))
    return max(latest, at + timedelta(minutes=1))


def _keep_longer(order: Order, payment: Payment, at: datetime) -> None:
    """Keep the goods while a transfer is on its way."""
    terms = terms_of(order.region)
    until = at + timedelta(days=terms.transfer_days if terms else 3)
    if order.state == Order.State.UNPAID and (order.pay_until is None or order.pay_until < until):
        order.pay_until = until
        order.save(update_fields=["pay_until"])
