"""An article as it is offered: with the stock it can come from and whether it may be sold, in one query.

What is told of an article in public is kept until anything public changes. Price, stock, whether it is on the
shelf and whether it may be sold are read each time.
"""

from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.base import ModelState
from django.db.models.functions import Coalesce
from django.utils import timezone

from changes.kept import kept
from lib.prepared import Prepared
from shop import selling
from shop.catalogue.models import Product, ProductClass
from shop.partner.models import StockRecord

_BEYOND: Final = 2**31
_KIND: Final = Coalesce(OuterRef("product__product_class"), OuterRef("product__parent__product_class"))
_OPTIONS_OF_KIND: Final = ProductClass.options.through.objects.filter(productclass=_KIND)
_OPTIONS: Final = Product.product_options.through.objects.filter(product=OuterRef("product"))


def offered_article(pk: int) -> Product | None:
    """Return the article with its stock records upon it, None without any. One query.

    It knows whether it may be sold and whether it has options.
    """
    if pk >= _BEYOND:  # fits into no column
        return None
    on, read = timezone.localdate(), list[Any]()

    def whole() -> dict[int, Any]:
        read.extend(_stock_of(on)(pk))
        return {stock.pk: stock for stock in read}

    known = kept.get(("offered", pk), whole)
    numbers = [_copy(stock) for stock in read] or _numbers_of(on)(pk)
    if any(stock.pk not in known for stock in numbers):  # a new one, which is not told yet
        known = whole()
    if not numbers:
        return None
    offered = _joined(numbers, known)
    article: Product = offered[0].product
    article._prefetched_objects_cache = {"stockrecords": offered}
    setattr(article, selling.KNOWN, offered[0].is_licensed)
    article.has_options = offered[0].with_options  # Oscar's own would ask
    return article


def _joined(numbers: list[Any], known: dict[int, Any]) -> list[Any]:
    """Return the stock records as they are now, with the article as it is known but for its shelf."""
    article = _copy(known[numbers[0].pk].product)
    article.is_public = numbers[0].is_shown
    if article.is_child:
        parent = article._state.fields_cache["parent"] = _copy(article.parent)
        parent.is_public = numbers[0].is_parent_shown
    for stock in numbers:
        was = known[stock.pk]
        stock._state.fields_cache |= {"partner": was.partner, "product": article}
        stock.with_options = was.with_options
    return numbers


def _copy(row: Any) -> Any:
    """Return another instance of the row: what a request leaves on its own is not seen by others."""
    made = object.__new__(type(row))
    made.__dict__.update(row.__dict__)
    made._state = ModelState()
    made._state.adding, made._state.db = False, row._state.db
    made._state.fields_cache = dict(row._state.fields_cache)
    return made


@lru_cache(maxsize=2)
def _numbers_of(on: date) -> Prepared[Any]:
    """Return the question for what is not kept, compiled once a day: every step of buying asks it."""
    return Prepared(lambda pk: _now(pk, on))


@lru_cache(maxsize=2)
def _stock_of(on: date) -> Prepared[Any]:
    """Return the question for everything about one article."""
    return Prepared(
        lambda pk: (
            _now(pk, on)
            .annotate(with_options=Exists(_OPTIONS_OF_KIND) | Exists(_OPTIONS))
            .select_related(
                "partner",
                "product__brand_product__region",
                "product__parent__brand_product__region",
                "product__product_class",
                "product__parent__product_class",
            )
        )
    )


def _now(pk: int, on: date) -> QuerySet[StockRecord]:
    shown = {"is_shown": F("product__is_public"), "is_parent_shown": F("product__parent__is_public")}
    licensed = selling.covers_article("product", on=on)
    return StockRecord.objects.filter(product=pk).annotate(is_licensed=licensed, **shown).order_by("pk")
