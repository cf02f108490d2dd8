"""Refunding: what goes back to the buyer, decided once, never more than came in.

A refund names lines and freight; its money comes out of the payments of the order, the last one first.
With the last piece the coupons come back.
It moves no goods: what was not sent is taken out by `shop.ordering.withdrawing`, what comes back is put back
by who receives it.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from shop.order.models import Line, Order
from shop.payments.models import Payment, Refund, RefundLine, Repayment
from shop.payments.numbers import repayment_number
from shop.payments.shares import NOTHING, divide, of_units, summed
from shop.promotions.using import give_back as give_coupons_back


class NotRefundable(ValueError):
    """More would go back than was paid for it; nothing changed."""


def refund(
    *,
    order: Order,
    lines: Mapping[Line, int],
    amount: Decimal | None = None,
    freight: Decimal = NOTHING,
    reason: str,
    at: datetime,
    by: User | None,
) -> Refund:
    """Give money back for units of lines and for freight.

    Without `amount` each unit gets what it was paid with (`unit share`: promotions taken off). With it, that
    sum for the goods is divided over the lines by what is left of them; a quantity of 0 then means that the
    units stay with the buyer (a spoilt piece in a box).

    Raises:
        NotRefundable: nothing to give, more units than were bought, or more money than is left.
    """
    with transaction.atomic():
        held = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
        parts = _of_lines(held, lines, amount)
        _check_freight(held, freight)
        whole = sum(parts.values(), NOTHING) + freight
        made = _decide(held, whole, freight=freight, reason=reason, at=at, by=by)
        for line, part in parts.items():
            _keep_line(made, line, lines[line], part)
        _take_from_payments(made, at)
        if any(units and line.line_price_incl_tax for line, units in lines.items()) and is_refunded(held):
            give_coupons_back(order=held, at=at)
        return made


def is_refunded(order: Order) -> bool:
    """Tell whether every piece that cost something was given back. Two queries."""
    sold = order.lines.filter(line_price_incl_tax__gt=0)
    return sold.exists() and not sold.filter(refunded_quantity__lt=F("quantity")).exists()


def give_back_rest(*, order: Order, reason: str, at: datetime, by: User | None = None) -> Refund | None:
    """Give back everything that was paid for the order and not given back yet; None when there is nothing.

    For cancelling: the whole order, or of a pre-sale the deposit alone.
    """
    with transaction.atomic():
        held = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
        left = sum((each.amount - each.refunded for each in _paid(held)), NOTHING)
        if not left:
            return None
        rests = {line: _left_of(line) for line in held.lines.order_by("pk")}
        goods = min(left, sum(rests.values(), NOTHING))
        made = _decide(held, left, freight=left - goods, reason=reason, at=at, by=by)
        for line, part in divide(goods, rests).items():
            _keep_line(made, line, line.quantity - line.refunded_quantity, part)
        _take_from_payments(made, at)
        return made


def give_back_surplus(*, payment: Payment, reason: str, at: datetime) -> Refund:
    """Give back a payment that met nothing; call it in the transaction that found out."""
    made = _decide(payment.due.order, payment.amount, reason=reason, at=at, kind=Refund.Kind.SURPLUS)
    _repay(made, payment, payment.amount, at)
    return made


def refundable(order: Order) -> dict[Line, Decimal]:
    """Return what is left to give back of each line. Two queries for the order."""
    return {line: _left_of(line) for line in order.lines.order_by("pk")}


def freight_left(order: Order) -> Decimal:
    """Return what is left to give back of the freight."""
    gone = order.refunds.filter(kind=Refund.Kind.GOODS).aggregate(gone=Sum("freight"))["gone"]
    return order.shipping_incl_tax - summed(gone)


def share(line: Line, units: int) -> Decimal:
    """Return what the next `units` of a line would get back."""
    usual = of_units(line.line_price_incl_tax, line.quantity, after=line.refunded_quantity, units=units)
    return min(usual, _left_of(line))


def _left_of(line: Line) -> Decimal:
    gone = line.refunds.aggregate(gone=Sum("amount"))["gone"]
    return line.line_price_incl_tax - summed(gone)


def _of_lines(order: Order, lines: Mapping[Line, int], amount: Decimal | None) -> dict[Line, Decimal]:
    """Return the money of each line.

    The lines are read again under the lock; they stay the keys they were.
    """
    now = {line.pk: line for line in order.lines.order_by("pk")}
    for line, units in lines.items():
        if line.pk not in now:
            raise NotRefundable(_("This line is not of this order."))
        line.refunded_quantity = now[line.pk].refunded_quantity
        left = line.quantity - line.refunded_quantity
        if not 0 <= units <= left:
            raise NotRefundable(_few_left(line, left))
    if amount is None:
        return {line: share(line, units) for line, units in lines.items()}
    rests = {line: _left_of(line) for line in lines}
    if amount < 0 or amount > sum(rests.values(), NOTHING):
        raise NotRefundable(
            _("At most ¥%(most)s can go back for this.") % {"most": sum(rests.values(), NOTHING)}
        )
    return divide(amount, rests) if rests else {}


def _few_left(line: Line, left: int) -> str:
    text = ngettext(
        "%(title)s: %(count)d piece is left to refund.",
        "%(title)s: %(count)d pieces are left to refund.",
        left,
    )
    return text % {"title": line.title, "count": left}


def _check_freight(order: Order, freight: Decimal) -> None:
    left = freight_left(order)
    if freight < 0 or freight > left:
        raise NotRefundable(_("Of the freight ¥%(most)s is left to refund.") % {"most": left})


def _decide(
    order: Order,
    amount: Decimal,
    *,
    reason: str,
    at: datetime,
    freight: Decimal = NOTHING,
    by: User | None = None,
    kind: str = Refund.Kind.GOODS,
) -> Refund:
    if amount <= 0:
        raise NotRefundable(_("There is nothing to give back."))
    return Refund.objects.create(
        order=order, kind=kind, amount=amount, freight=freight, reason=reason[:200], asked_at=at, by=by
    )


def _keep_line(made: Refund, line: Line, units: int, amount: Decimal) -> None:
    """Write down a line of the refund; a check of the database refuses too many units."""
    if not units and not amount:
        return
    RefundLine.objects.create(refund=made, line=line, quantity=units, amount=amount)
    if units:
        Line.objects.filter(pk=line.pk).update(refunded_quantity=F("refunded_quantity") + units)
        line.refunded_quantity += units


def _paid(order: Order) -> list[Payment]:
    """Return what came in for the order, the last first."""
    paid = Payment.objects.filter(due__order=order, state=Payment.State.PAID, surplus=False)
    return list(paid.order_by("-paid_at", "-pk"))


def _take_from_payments(made: Refund, at: datetime) -> None:
    """Divide a refund over the payments of its order."""
    left = made.amount
    for payment in _paid(made.order):
        part = min(left, payment.amount - payment.refunded)
        if part > 0:
            _repay(made, payment, part, at)
            left -= part
    if left:
        raise NotRefundable(_("Only ¥%(most)s of what was paid is left.") % {"most": made.amount - left})


def _repay(made: Refund, payment: Payment, amount: Decimal, at: datetime) -> Repayment:
    """Promise a part of a payment back, and let it be sent once all this is committed.

    Added up here, not in the database: the order is held, and SQLite adds money as floats.
    """
    from shop.payments.tasks import send_repayment

    payment.refunded += amount
    payment.save(update_fields=["refunded"])
    part = Repayment.objects.create(
        refund=made, payment=payment, amount=amount, number=repayment_number(at=at)
    )
    transaction.on_commit(lambda: send_repayment.enqueue(part.pk))
    return part
