"""The stock-take: what the books say lies in a place, what was counted, and why they differ (盘点)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StockTake(models.Model):
    """One count of a seller's goods in one place. At most one is open at a time."""

    number = models.CharField(_("number"), max_length=24, unique=True)
    partner = models.ForeignKey(
        "partner.Partner", models.PROTECT, related_name="stock_takes", verbose_name=_("seller")
    )
    place = models.ForeignKey(
        "fengtu_shop.StockPlace", models.PROTECT, related_name="stock_takes", verbose_name=_("place")
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("begun by")
    )
    opened_at = models.DateTimeField(_("begun"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("closed by")
    )
    closed_at = models.DateTimeField(pgettext_lazy("stock", "closed"), null=True)

    class Meta:
        verbose_name = _("stock-take")
        verbose_name_plural = _("stock-takes")
        ordering = ["-opened_at", "-pk"]
        app_label = "fengtu_shop"
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "place"], condition=Q(closed_at=None), name="shop_stock_take_one_open"
            )
        ]

    def __str__(self) -> str:
        return self.number


class StockCount(models.Model):
    """One lot in a stock-take. `expected` is what the books said when the number was entered."""

    take = models.ForeignKey(StockTake, models.CASCADE, related_name="counts")
    lot = models.ForeignKey("fengtu_shop.StockLot", models.PROTECT, related_name="counts")
    expected = models.PositiveIntegerField(_("in the books"))
    counted = models.PositiveIntegerField(pgettext_lazy("stock", "counted"), null=True, blank=True)
    reason = models.CharField(_("why it differs"), max_length=200, blank=True)

    class Meta:
        ordering = ["lot__stockrecord__product__title", "lot__expires_on", "pk"]
        app_label = "fengtu_shop"
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["take", "lot"], name="shop_stock_count_once")]

    def __str__(self) -> str:
        return f"{self.take_id}/{self.lot_id}: {self.counted}"

    @property
    def difference(self) -> int:
        """How much more was counted than the books said; below zero, less."""
        return 0 if self.counted is None else self.counted - self.expected
