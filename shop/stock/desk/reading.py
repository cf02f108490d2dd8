"""What the desk reads of the stock, in a bounded number of queries."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from shop.desk.scope import Scope
from shop.partner.models import StockRecord
from shop.stock.lots import StockLot
from shop.stock.movements import StockMovement

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Shelf:
    """An article as the list shows it."""

    stockrecord: StockRecord
    left: int
    is_low: bool


def shelves(scope: Scope) -> QuerySet[StockRecord]:
    """Return the articles of the sellers looked at, `left` to sell with each; what is low first."""
    left = Coalesce(F("num_in_stock"), Value(0)) - Coalesce(F("num_allocated"), Value(0))
    found = StockRecord.objects.filter(product__structure__in=["standalone", "child"]).annotate(left=left)
    return scope.narrow(found).select_related("product__parent", "partner").order_by("left", "pk")


def shelf(stockrecord: StockRecord) -> Shelf:
    """Return what the list says of an article."""
    left = stockrecord.left
    return Shelf(stockrecord, left, left < (stockrecord.low_stock_threshold or 0))


def expiring(scope: Scope, *, on: date) -> QuerySet[StockLot]:
    """Return the lots that expire soon or did already, the first first."""
    found = StockLot.objects.there().filter(expires_on__lte=on + SOON)
    along = found.select_related("stockrecord__product__parent", "place")
    return scope.narrow(along, "stockrecord__partner").order_by("expires_on", "pk")


def lots_of(stockrecord: StockRecord) -> QuerySet[StockLot]:
    """Return the lots of an article with something left, in the order they leave."""
    return stockrecord.lots.there().select_related("place", "batch").first_expired_first()


def moves_of(stockrecord: StockRecord) -> QuerySet[StockMovement]:
    """Return the ledger of an article, the newest first."""
    along = stockrecord.movements.select_related("lot__place", "by", "order_line__order")
    return along.order_by("-entry")
