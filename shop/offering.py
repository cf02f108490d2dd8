"""An article as it is offered: with the stock it can come from and whether it may be sold, in one query."""

from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone

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
    offered = _stock_of(timezone.localdate())(pk) if pk < _BEYOND else []  # more fits into no column
    if not offered:
        return None
    article: Product = offered[0].product
    article._prefetched_objects_cache = {"stockrecords": offered}
    setattr(article, selling.KNOWN, offered[0].is_licensed)
    article.has_options = offered[0].with_options  # Oscar's own would ask
    return article


@lru_cache(maxsize=2)
def _stock_of(on: date) -> Prepared[Any]:
    """Return the question for one article, compiled once a day: every step of buying asks it."""
    return Prepared(
        lambda pk: (
            StockRecord.objects.filter(product=pk)
            .annotate(
                is_licensed=selling.covers_article("product", on=on),
                with_options=Exists(_OPTIONS_OF_KIND) | Exists(_OPTIONS),
            )
            .select_related(
                "partner",
                "product__brand_product__region",
                "product__parent__brand_product__region",
                "product__product_class",
                "product__parent__product_class",
            )
            .order_by("pk")
        )
    )
