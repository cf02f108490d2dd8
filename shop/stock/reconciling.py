"""The proof of the stock: what is for sale, what lies in lots and what the ledger says are one number."""

from dataclasses import dataclass

from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from shop.partner.models import StockRecord
from shop.stock.lots import StockLot
from shop.stock.movements import StockMovement


@dataclass(frozen=True, slots=True)
class Difference:
    """A stock record whose numbers differ, with the three of them."""

    stockrecord: StockRecord
    for_sale: int
    in_lots: int
    in_ledger: int


def with_sums(stockrecords: QuerySet[StockRecord]) -> QuerySet[StockRecord]:
    """Return the stock records with `in_lots` and `in_ledger`."""
    return stockrecords.annotate(
        in_lots=_sum(StockLot, "remaining"), in_ledger=_sum(StockMovement, "quantity")
    )


def differences() -> list[Difference]:
    """Return where they differ, ledgers not yet begun aside. One query, for the check by night and tests."""
    begun = with_sums(StockRecord.objects.filter(movements__isnull=False).distinct())
    apart = begun.filter(~Q(in_lots=Coalesce("num_in_stock", 0)) | ~Q(in_ledger=Coalesce("num_in_stock", 0)))
    return [
        Difference(one, one.num_in_stock or 0, one.in_lots, one.in_ledger)
        for one in apart.select_related("product__parent", "partner")
    ]


def _sum(model: type[StockLot] | type[StockMovement], field: str) -> Coalesce:
    rows = model.objects.filter(stockrecord=OuterRef("pk")).order_by().values("stockrecord")
    sums = rows.annotate(sum=Sum(field)).values("sum")
    return Coalesce(Subquery(sums, output_field=IntegerField()), 0)
