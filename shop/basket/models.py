"""Oscar's basket, whose lines come with everything their price and page need."""

from typing import Any

from django.db import transaction
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

    def add_product(
        self, product: Any, quantity: int = 1, options: list[dict[str, Any]] | None = None
    ) -> tuple[Any, bool]:
        """Put an article in, one line for each article and stock; return the line and whether it is new.

        A basket and its first line are written in one transaction, without looking for what cannot be there.

        Raises:
            ValueError: the article has no price or no stock record.
        """
        if options or self.pk is not None:
            added: tuple[Any, bool] = super().add_product(product, quantity, options)
            return added
        with transaction.atomic():
            self.save(force_insert=True)
            self.hold([])
            line = self._new_line(product, quantity)
            line.save(force_insert=True)
        self.reset_offer_applications()
        return line, True

    def _new_line(self, product: Any, quantity: int) -> Any:
        info = self.get_stock_info(product, [])
        if not info.price.exists or info.stockrecord is None:
            raise ValueError(f"article {product.pk} has no price or no stock record")
        return Line(
            basket=self,
            line_reference=self._create_line_reference(product, info.stockrecord, []),
            product=product,
            stockrecord=info.stockrecord,
            quantity=max(0, quantity),
            price_currency=info.price.currency,
            price_excl_tax=info.price.excl_tax,
            price_incl_tax=info.price.incl_tax if info.price.is_tax_known else None,
            tax_code=info.price.tax_code,
        )

    def hold(self, rows: list[Any]) -> None:
        """Have these lines: those just read, or those of a basket that is not saved."""
        lines: Any = Line.objects.filter(basket=self.pk) if self.pk else Line.objects.all()
        lines._result_cache = rows
        for row in rows:
            row.basket = self
        self._lines: Any = lines


from oscar.apps.basket.models import *  # noqa: E402, F403
from oscar.apps.basket.models import Line as Line  # noqa: E402, PLC0414

_lines_of: Prepared[Any] = Prepared(
    lambda pk: Line.objects.filter(basket=pk).select_related(*_PARTS).order_by("pk")
)
