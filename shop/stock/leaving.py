"""Goods leave: what was promised to an order goes out of the lots, first expired first out."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from shop.order.models import Line
from shop.partner.models import StockRecord
from shop.stock.lots import StockLot
from shop.stock.movements import StockMovement
from shop.stock.posting import hold, post
from shop.stock.refusals import NotEnough, NotPromised
from shop.stock.shelves import nearest_first


@transaction.atomic
def take_out(
    *,
    stockrecord: StockRecord,
    quantity: int,
    at: datetime,
    by: User | None,
    line: Line | None = None,
    number: str = "",
) -> list[StockMovement]:
    """Let `quantity` promised pieces go and return the movements, one for each lot they come from.

    Lots past their day and those of recalled batches stay where they are. An order that is picked up is
    served from its pick-up point first. `number` is the document it goes with (a parcel).

    Raises:
        NotEnough: too little is fit to leave; nothing moved.
        NotPromised: so many were never promised: `reserving.reserve` comes first.
    """
    if quantity < 1:
        raise ValueError(f"{quantity} pieces cannot leave")
    held = hold(stockrecord, at=at)
    taken = list(_shares(held, quantity, line=line, at=at))
    _consume_promise(held, quantity)
    return [
        post(held, lot, StockMovement.Kind.SALE, -share, at=at, by=by, line=line, number=number)
        for lot, share in taken
    ]


def _shares(
    held: StockRecord, quantity: int, *, line: Line | None, at: datetime
) -> Iterator[tuple[StockLot, int]]:
    """Yield how many come from which lot."""
    lots = list(
        held.lots.fit(on=timezone.localdate(at)).order_by(
            nearest_first(line), F("expires_on").asc(nulls_last=True), "received_on", "pk"
        )
    )
    fit = sum(lot.remaining for lot in lots)
    if fit < quantity:
        raise _too_few(held, quantity, fit)
    for lot in lots:
        share = min(lot.remaining, quantity)
        yield lot, share
        quantity -= share
        if not quantity:
            return


def _too_few(held: StockRecord, quantity: int, fit: int) -> NotEnough:
    facts = {"title": held.called, "fit": fit, "asked": quantity}
    if (held.num_in_stock or 0) >= quantity:
        text = _("%(title)s: only %(fit)d of %(asked)d may leave; the rest is past its day or recalled.")
    else:
        text = _("%(title)s: %(fit)d are there, %(asked)d are needed. Enter what came in first.")
    return NotEnough(text % facts, fit)


def _consume_promise(held: StockRecord, quantity: int) -> None:
    """Take the promise down before the stock: there is never more promised than there."""
    promised = StockRecord.objects.filter(pk=held.pk, num_allocated__gte=quantity)
    if not promised.update(num_allocated=F("num_allocated") - quantity):
        facts = {"title": held.called, "quantity": quantity}
        raise NotPromised(_("%(title)s: %(quantity)d were not promised to any order.") % facts)
    held.num_allocated = (held.num_allocated or 0) - quantity
