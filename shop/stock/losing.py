"""Goods spoil, or their day passes: they are written off, never more than nobody was promised."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from shop.partner.models import StockRecord
from shop.stock.lots import StockLot
from shop.stock.movements import StockMovement
from shop.stock.numbers import Paper, new_number
from shop.stock.posting import hold, post
from shop.stock.refusals import NotEnough, StockRefused

Kind = StockMovement.Kind


@transaction.atomic
def write_off(*, lot: StockLot, quantity: int, why: str, at: datetime, by: User | None) -> StockMovement:
    """Write off `quantity` of a lot.

    Raises:
        StockRefused: none, or without a word about why.
        NotEnough: the lot has fewer, or the others were promised to orders.
    """
    if quantity < 1 or not why.strip():
        raise StockRefused(_("Write how many, and what happened to them."))
    number = new_number(Paper.LOSS, at=at)
    held = hold(lot.stockrecord, at=at)
    lot = StockLot.objects.get(pk=lot.pk)
    _refuse_more_than_free(held, lot, quantity)
    return post(held, lot, Kind.LOSS, -quantity, at=at, by=by, number=number, note=why)


def write_off_expired(*, at: datetime) -> list[StockMovement]:
    """Take everything past its day out of the sale; each article in a transaction of its own.

    What is promised already stays in the books until fresh goods came in: the order does not vanish, and
    what is past its day never leaves (`leaving.take_out`).
    """
    today = timezone.localdate(at)
    late = StockLot.objects.there().filter(Q(expires_on__lt=today)).values("stockrecord").distinct()
    moved = []
    for stockrecord in StockRecord.objects.filter(pk__in=late).order_by("pk"):
        moved += _expire(stockrecord, at=at)
    return moved


@transaction.atomic
def _expire(stockrecord: StockRecord, *, at: datetime) -> list[StockMovement]:
    number = new_number(Paper.LOSS, at=at)
    held = hold(stockrecord, at=at)
    moved = []
    late = held.lots.there().filter(expires_on__lt=timezone.localdate(at))
    for lot in late.first_expired_first():
        if quantity := min(lot.remaining, _free(held)):
            moved.append(post(held, lot, Kind.EXPIRED, -quantity, at=at, by=None, number=number))
    return moved


def _free(held: StockRecord) -> int:
    """Return how many nobody was promised."""
    return (held.num_in_stock or 0) - (held.num_allocated or 0)


def _refuse_more_than_free(held: StockRecord, lot: StockLot, quantity: int) -> None:
    if quantity > lot.remaining:
        text = _("Only %(left)d are left of lot %(lot)s.") % {"left": lot.remaining, "lot": lot}
        raise NotEnough(text, lot.remaining)
    if quantity > _free(held):
        text = _("%(promised)d are promised to orders: cancel or refund those first, then write off.")
        raise NotEnough(text % {"promised": held.num_allocated or 0}, _free(held))
