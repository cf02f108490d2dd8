"""The lot: goods of one article that came together, lie in one place and expire on one day."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LotQuerySet(models.QuerySet["StockLot"]):
    """Lots as shelves see them."""

    def there(self) -> Self:
        """Return those with something left."""
        return self.filter(remaining__gt=0)

    def fit(self, *, on: date) -> Self:
        """Return those that may leave that day: neither past their day nor of a recalled batch."""
        return self.there().filter(Q(expires_on=None) | Q(expires_on__gte=on), batch__recalled_at=None)

    def first_expired_first(self) -> Self:
        """Return them in the order they leave; what never expires goes last, the older first."""
        return self.order_by(F("expires_on").asc(nulls_last=True), "received_on", "pk")


class StockLot(models.Model):
    """What is left of a delivery. Only `shop.stock.posting.post` changes `remaining`."""

    stockrecord = models.ForeignKey(
        "partner.StockRecord", models.PROTECT, related_name="lots", verbose_name=_("article")
    )
    place = models.ForeignKey(
        "fengtu_shop.StockPlace", models.PROTECT, related_name="lots", verbose_name=_("place")
    )
    number = models.CharField(pgettext_lazy("stock", "lot"), max_length=40, blank=True)
    batch = models.ForeignKey(
        "record.Batch",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stock_lots",
        verbose_name=_("batch"),
    )
    expires_on = models.DateField(_("use by"), null=True, blank=True)
    received_on = models.DateField(pgettext_lazy("stock", "received on"))
    remaining = models.PositiveIntegerField(_("left"), default=0)

    objects = LotQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("stock", "lot")
        verbose_name_plural = pgettext_lazy("stock", "lots")
        ordering = ["expires_on", "pk"]
        app_label = "fengtu_shop"
        default_permissions = ["view"]
        indexes = [
            models.Index(
                fields=["stockrecord", "expires_on"], condition=Q(remaining__gt=0), name="stock_lots_there"
            ),
            models.Index(fields=["expires_on"], condition=Q(remaining__gt=0), name="stock_lots_expiring"),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.received_on:%Y%m%d}"
