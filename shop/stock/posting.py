"""Posting: the one way stock changes. Ledger, lot and stock record move together or not at all."""

from datetime import datetime
from decimal import Decimal

from django.db.models import Max, Sum
from django.utils import timezone

from accounts.models import User
from changes.outbox import record
from shop.order.models import Line
from shop.partner.models import StockRecord
from shop.stock.lots import StockLot
from shop.stock.movements import StockMovement
from shop.stock.shelves import store_of

Kind = StockMovement.Kind


def hold(stockrecord: StockRecord, *, at: datetime) -> StockRecord:
    """Return the stock record locked, its ledger saying what it says; call it first in every act.

    The lock puts all movements of an article in a row. A number that was entered without the ledger (a first
    stock, an import) is taken over by a line of its own, so lots always make up the number for sale.
    """
    held = StockRecord.objects.select_for_update(of=("self",)).get(pk=stockrecord.pk)
    held.num_in_stock = held.num_in_stock or 0
    in_lots = held.lots.aggregate(sum=Sum("remaining"))["sum"] or 0
    if missing := held.num_in_stock - in_lots:
        _take_over(held, missing, before=in_lots, at=at)
    return held


def post(
    held: StockRecord,
    lot: StockLot,
    kind: StockMovement.Kind,
    quantity: int,
    *,
    at: datetime,
    by: User | None,
    number: str = "",
    line: Line | None = None,
    cost: Decimal | None = None,
    note: str = "",
) -> StockMovement:
    """Write one movement of a `held` stock record; `quantity` below zero goes out. Six queries."""
    before = held.num_in_stock or 0
    was_sold_out = before <= (held.num_allocated or 0)
    held.num_in_stock = before + quantity
    StockRecord.objects.filter(pk=held.pk).update(num_in_stock=held.num_in_stock)
    if was_sold_out != (held.num_in_stock <= (held.num_allocated or 0)):
        record(held, region=_region_of(held))
    movement = _write(held, lot, kind, quantity, before=before, at=at)
    movement.by, movement.number, movement.order_line, movement.cost = by, number, line, cost
    movement.note = note.strip()
    movement.save()
    return movement


def _write(
    held: StockRecord, lot: StockLot, kind: StockMovement.Kind, quantity: int, *, before: int, at: datetime
) -> StockMovement:
    """Change the lot and return the movement, unsaved."""
    lot.remaining += quantity
    lot.save(update_fields=["remaining"])
    last = StockMovement.objects.filter(stockrecord=held).aggregate(last=Max("entry"))["last"] or 0
    return StockMovement(
        stockrecord=held,
        lot=lot,
        entry=last + 1,
        kind=kind,
        quantity=quantity,
        before=before,
        after=before + quantity,
        at=at,
    )


def _take_over(held: StockRecord, missing: int, *, before: int, at: datetime) -> None:
    """Let the ledger follow a number that was written beside it."""
    if missing > 0:
        _write(held, first_lot(held, at=at), Kind.OPENING, missing, before=before, at=at).save()
        return
    for lot in held.lots.there().first_expired_first():
        less = min(lot.remaining, -missing)
        _write(held, lot, Kind.OPENING, -less, before=before, at=at).save()
        before, missing = before - less, missing + less
        if not missing:
            return


def first_lot(held: StockRecord, *, at: datetime) -> StockLot:
    """Return the lot of a seller's store for goods nobody gave a lot or a day."""
    today = timezone.localdate(at)
    store = store_of(held.partner)
    found = StockLot.objects.filter(stockrecord=held, place=store, number="", expires_on=None, batch=None)
    return found.first() or StockLot.objects.create(stockrecord=held, place=store, received_on=today)


def _region_of(stockrecord: StockRecord) -> str:
    article = stockrecord.product
    licensed = article.brand_product or (article.parent.brand_product if article.is_child else None)
    return licensed.region.slug if licensed else ""
