"""Promising stock to an order and giving the promise back. The last piece goes to exactly one buyer.

`num_allocated` is what is promised; taking it out of the house is `shop.stock.leaving`.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from changes.outbox import record
from shop.partner.models import StockRecord

# every order runs it, and what it locks is hot: the ORM takes longer to write it than the database to run it
_PROMISE: Final = """
    UPDATE partner_stockrecord SET num_allocated = coalesce(num_allocated, 0) + %s
    WHERE id = %s AND num_in_stock >= coalesce(num_allocated, 0) + %s
"""


class SoldOut(ValueError):
    """Less is left than was wanted; `left` pieces are."""

    def __init__(self, stockrecord: Any, left: int) -> None:
        title = stockrecord.product.get_title()
        text = _("%(title)s: only %(left)d left.") if left else _("%(title)s was sold out a moment ago.")
        super().__init__(text % {"title": title, "left": left})
        self.stockrecord = stockrecord
        self.left = left


def reserve(*, stockrecord: StockRecord, quantity: int) -> None:
    """Promise `quantity` pieces; call it in the transaction of the order.

    One statement looks and takes (compare-and-set), so two buyers of the last piece cannot both have it. Who
    reserves several does so in the order of their keys: `reserve_all`.

    Raises:
        SoldOut: fewer are left; nothing was promised.
    """
    if quantity < 1:
        raise ValueError(f"{quantity} pieces cannot be promised")
    with connection.cursor() as cursor:
        cursor.execute(_PROMISE, [quantity, stockrecord.pk, quantity])
        promised = cursor.rowcount
    if not promised:
        raise SoldOut(stockrecord, _left(stockrecord))
    stockrecord.num_allocated = (stockrecord.num_allocated or 0) + quantity
    _tell_when_last(stockrecord)


def reserve_all(wanted: Iterable[tuple[StockRecord, int]]) -> None:
    """Promise several things in the order of their keys: two orders of the same cannot lock each other.

    Raises:
        SoldOut: of the first thing that is short; the transaction takes the others back.
    """
    for stockrecord, quantity in sorted(_together(wanted), key=lambda pair: pair[0].pk):
        reserve(stockrecord=stockrecord, quantity=quantity)


def release(*, stockrecord: StockRecord, quantity: int) -> None:
    """Give back a promise of `quantity` unsent pieces; call it in the transaction of its reason."""
    if quantity < 1:
        raise ValueError(f"{quantity} pieces cannot be given back")
    promised = StockRecord.objects.filter(pk=stockrecord.pk, num_allocated__gte=quantity)
    if not promised.update(num_allocated=F("num_allocated") - quantity):
        raise ValueError(f"stock record {stockrecord.pk}: {quantity} pieces were not promised")
    left = _left(stockrecord)
    if left == quantity:  # there was nothing left before
        record(stockrecord, region=_region_of(stockrecord))


def _together(wanted: Iterable[tuple[StockRecord, int]]) -> list[tuple[StockRecord, int]]:
    sums: dict[int, tuple[StockRecord, int]] = {}
    for stockrecord, quantity in wanted:
        before = sums.get(stockrecord.pk, (stockrecord, 0))[1]
        sums[stockrecord.pk] = (stockrecord, before + quantity)
    return list(sums.values())


def _left(stockrecord: StockRecord) -> int:
    """Return what can still be promised, as the database says now."""
    row = StockRecord.objects.values_list("num_in_stock", "num_allocated").get(pk=stockrecord.pk)
    return (row[0] or 0) - (row[1] or 0)


def _tell_when_last(stockrecord: StockRecord) -> None:
    """Tell the pages when this was the last piece. What the caller read may be old: look when it is close."""
    if (stockrecord.num_in_stock or 0) - (stockrecord.num_allocated or 0) > _SURELY_MORE:
        return
    if _left(stockrecord) == 0:
        record(stockrecord, region=_region_of(stockrecord))


# a stock record read seconds ago that had this many more left needs no second look
_SURELY_MORE = 200


def _region_of(stockrecord: StockRecord) -> str:
    licensed = stockrecord.product.brand_product
    if licensed is None and stockrecord.product.is_child:
        licensed = stockrecord.product.parent.brand_product
    return licensed.region.slug if licensed else ""
