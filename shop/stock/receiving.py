"""Goods come in: a delivery becomes a lot, for sale at once."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from record.models import Batch
from shop.partner.models import StockRecord
from shop.stock.lots import StockLot
from shop.stock.movements import StockMovement
from shop.stock.numbers import Paper, new_number
from shop.stock.places import StockPlace
from shop.stock.posting import hold, post
from shop.stock.refusals import StockRefused
from shop.stock.shelves import places_for, store_of


@transaction.atomic
def receive(
    *,
    stockrecord: StockRecord,
    quantity: int,
    at: datetime,
    by: User | None,
    place: StockPlace | None = None,
    lot_number: str = "",
    batch: Batch | None = None,
    expires_on: date | None = None,
    cost: Decimal | None = None,
    note: str = "",
) -> StockMovement:
    """Take a delivery in; without a place into the seller's store. A batch gives the lot its number.

    The same lot of the same day in the same place grows; anything else is a lot of its own.

    Raises:
        StockRefused: nothing came, the batch is of another product or recalled, or the place is not open
            to this seller.
    """
    if quantity < 1:
        raise StockRefused(_("Write how many came in."))
    if batch is not None:
        _refuse_batch(stockrecord, batch)
    place = place or store_of(stockrecord.partner)
    if not places_for(stockrecord.partner).filter(pk=place.pk).exists():
        raise StockRefused(_("%(place)s does not take goods of this seller.") % {"place": place})
    number = new_number(Paper.RECEIPT, at=at)
    held = hold(stockrecord, at=at)
    lot = lot_for(
        held, place=place, number=lot_number or (batch.lot if batch else ""), batch=batch,
        expires_on=expires_on, received_on=timezone.localdate(at),
    )  # fmt: skip
    return post(
        held, lot, StockMovement.Kind.RECEIPT, quantity, at=at, by=by, number=number, cost=cost, note=note
    )


def lot_for(
    held: StockRecord,
    *,
    place: StockPlace,
    number: str,
    batch: Batch | None,
    expires_on: date | None,
    received_on: date,
) -> StockLot:
    """Return the lot of a held stock record that is told by these, made if there is none."""
    number = number.strip()
    told_by = {"place": place, "number": number, "batch": batch, "expires_on": expires_on}
    found = held.lots.filter(**told_by).first()
    return found or StockLot.objects.create(stockrecord=held, received_on=received_on, **told_by)


def _refuse_batch(stockrecord: StockRecord, batch: Batch) -> None:
    if batch.recalled_at is not None:
        raise StockRefused(_("Batch %(lot)s is recalled: it does not come in.") % {"lot": batch.lot})
    article = stockrecord.product
    licensed = article.brand_product_id or (article.parent.brand_product_id if article.is_child else None)
    if batch.product_id != licensed:
        raise StockRefused(_("Batch %(lot)s is of another product.") % {"lot": batch.lot})
