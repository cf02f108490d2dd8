"""Goods move between the store, the hall and the stations of a county (调拨)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from shop.stock.lots import StockLot
from shop.stock.movements import StockMovement
from shop.stock.numbers import Paper, new_number
from shop.stock.places import StockPlace
from shop.stock.posting import hold, post
from shop.stock.receiving import lot_for
from shop.stock.refusals import NotEnough, StockRefused
from shop.stock.shelves import places_for


@transaction.atomic
def move(
    *, lot: StockLot, to: StockPlace, quantity: int, at: datetime, by: User | None, note: str = ""
) -> list[StockMovement]:
    """Carry `quantity` of a lot to another place; what is for sale stays the same number.

    There it keeps its lot number, batch and day, so that it leaves in its turn. Returns what went and what
    came.

    Raises:
        StockRefused: nothing to move, the same place, or one not open to this seller.
        NotEnough: the lot has fewer.
    """
    if quantity < 1 or to.pk == lot.place_id:
        raise StockRefused(_("Write how many go, and to which other place."))
    if not places_for(lot.stockrecord.partner).filter(pk=to.pk).exists():
        raise StockRefused(_("%(place)s does not take goods of this seller.") % {"place": to})
    number = new_number(Paper.TRANSFER, at=at)
    held = hold(lot.stockrecord, at=at)
    lot = StockLot.objects.get(pk=lot.pk)
    if quantity > lot.remaining:
        text = _("Only %(left)d are left of lot %(lot)s.") % {"left": lot.remaining, "lot": lot}
        raise NotEnough(text, lot.remaining)
    there = lot_for(
        held, place=to, number=lot.number, batch=lot.batch, expires_on=lot.expires_on,
        received_on=lot.received_on,
    )  # fmt: skip
    # in first, then out: the number for sale never falls below what is promised, not even for a moment
    came = post(held, there, StockMovement.Kind.MOVED, quantity, at=at, by=by, number=number, note=note)
    went = post(held, lot, StockMovement.Kind.MOVED, -quantity, at=at, by=by, number=number, note=note)
    return [went, came]
