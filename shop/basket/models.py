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
        if self._lines is None:
            if self.pk is None:
                return Line.objects.none()
            self.hold(_lines_of(self.pk))
        return self._lines

    def hold(self, rows: list[Any]) -> None:
        """Have these lines: those just read, or those of a basket that is not saved."""
        lines: Any = Line.objects.filter(basket=self.pk or 0).select_related(*_PARTS).order_by("pk")
        lines._result_cache = rows
        for row in rows:
            row.basket = self
        self._lines: Any = lines


from oscar.apps.basket.models import *  # noqa: E402, F403
from oscar.apps.basket.models import Line as Line  # noqa: E402, PLC0414

_lines_of: Prepared[Any] = Prepared(
    lambda pk: Line.objects.filter(basket=pk).select_related(*_PARTS).order_by("pk")
)
