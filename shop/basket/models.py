"""Oscar's basket, whose lines come with everything their price and page need."""

from typing import Any

from django.db.models import QuerySet
from oscar.apps.basket.abstract_models import AbstractBasket

from lib.prepared import Prepared

_PARTS = (
    "product__brand_product__region",
    "product__brand_product__member",
    "product__brand_product__image",
    "product__parent__brand_product__region",
    "product__parent__brand_product__member",
    "product__product_class",
    "product__parent__product_class",
    "stockrecord__partner",
)


class Basket(AbstractBasket):
    """What somebody may buy. Its lines know no discounts: `shop.pricing` works amounts out."""

    def all_lines(self) -> QuerySet[Any]:
        """Return the lines with article, product under the brand, seller and stock. One query, kept.

        The query is compiled once (`lib.prepared`): every step of buying asks it.
        """
        if self.pk is None:
            return Line.objects.none()
        if self._lines is None:
            lines: Any = self.lines.select_related(*_PARTS).order_by("pk")
            lines._result_cache = rows = _lines_of(self.pk)
            for row in rows:
                row.basket = self
            self._lines: QuerySet[Any] | None = lines
        return self._lines


from oscar.apps.basket.models import *  # noqa: E402, F403
from oscar.apps.basket.models import Line as Line  # noqa: E402, PLC0414

_lines_of: Prepared[Any] = Prepared(
    lambda pk: Line.objects.filter(basket=pk).select_related(*_PARTS).order_by("pk")
)
