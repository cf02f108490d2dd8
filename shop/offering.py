"""An article as it is offered: with the stock it can come from and whether it may be sold, in two queries."""

from typing import Any, Final

from django.utils import timezone

from lib.prepared import Prepared
from shop import selling
from shop.catalogue.models import Product
from shop.partner.models import StockRecord

_BEYOND: Final = 2**31
_stock_of: Prepared[Any] = Prepared(
    lambda pk: (
        StockRecord.objects.filter(product=pk)
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


def article_with_stock(pk: int) -> Product | None:
    """Return the article with its stock records upon it; None without any. One query."""
    offered = _stock_of(pk) if pk < _BEYOND else []  # a larger number fits into no column
    if not offered:
        return None
    article: Product = offered[0].product
    article._prefetched_objects_cache = {"stockrecords": offered}
    return article


def offered_article(pk: int) -> Product | None:
    """Return the article, knowing also whether it may be sold. Two queries."""
    article = article_with_stock(pk)
    if article is not None:
        selling.know_rights([article], on=timezone.localdate())
    return article
