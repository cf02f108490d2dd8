"""Withdrawing: units that were paid and will not be sent are taken out of an order and given back.

The seller is out of one thing, the buyer wants one less: the rest goes on. A whole order is cancelled instead
(`shop.ordering.cancelling`), so that coupons and freight go back too.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from brand.acts.models import record_act
from shop.fulfilment.stopping import settle_consignments
from shop.order.models import Line, Order
from shop.payments.refunding import refund, share
from shop.payments.settling import hold_order
from shop.stock.reserving import release

_STATES = {Order.State.TO_SEND, Order.State.PARTLY_SENT}


class NotWithdrawable(ValueError):
    """It cannot be taken out like this; the text says why. Nothing was changed."""


def withdraw_lines(
    *, order: Order, lines: Mapping[Line, int], reason: str, at: datetime, by: User | None
) -> None:
    """Take unsent units out of the order: their money goes back, their stock is free, the rest goes on.

    Raises:
        NotWithdrawable: more than is unsent, all there is, not paid, or not the kind of order.
    """
    wanted = {line: units for line, units in lines.items() if units}
    with transaction.atomic():
        held = hold_order(order.pk)
        _check(held, wanted)
        for line, units in sorted(wanted.items(), key=lambda pair: pair[0].stockrecord_id or 0):
            Line.objects.filter(pk=line.pk).update(withdrawn_quantity=F("withdrawn_quantity") + units)
            if line.stockrecord is not None:
                release(stockrecord=line.stockrecord, quantity=units)
        paid = {line: units for line, units in wanted.items() if share(line, units)}
        if paid:
            refund(order=held, lines=paid, reason=reason, at=at, by=by)
        settle_consignments(order=held, at=at)
        record_act(held, "lines_withdrawn", by=by, at=at, note=reason)
    order.state = held.state


def unsent(line: Line) -> int:
    """Return how many pieces of a line can still be taken out: what is unsent, and not given back already."""
    left = line.quantity - line.sent_quantity - line.withdrawn_quantity
    return min(left, line.quantity - line.refunded_quantity)


def _check(order: Order, wanted: Mapping[Line, int]) -> None:
    if order.state not in _STATES or order.kind == Order.Kind.PRESALE:
        raise NotWithdrawable(_("Only what waits to be sent can be taken out of an order."))
    if order.paid_at is None:
        raise NotWithdrawable(_("This order is not paid yet. Cancel it and order again."))
    now = {line.pk: line for line in order.lines.all()}
    if not wanted or not wanted.keys() <= set(now.values()):
        raise NotWithdrawable(_("Say which pieces are taken out."))
    for line, units in wanted.items():
        left = unsent(now[line.pk])
        line.refunded_quantity = now[line.pk].refunded_quantity
        if not 0 < units <= left:
            raise NotWithdrawable(_few_left(line, left))
    taken = {line.pk: units for line, units in wanted.items()}
    if not any(line.sent_quantity or unsent(line) - taken.get(line.pk, 0) for line in now.values()):
        raise NotWithdrawable(_("That is the whole order. Cancel it: coupons and freight go back then too."))


def _few_left(line: Line, left: int) -> str:
    text = ngettext(
        "%(title)s: %(count)d piece has not left yet.", "%(title)s: %(count)d pieces have not left yet.", left
    )
    return text % {"title": line.title, "count": left}
