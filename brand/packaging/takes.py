"""The stock-take: what the books say, what was counted, and why they differ (盘点)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StockTake(models.Model):
    """One count of a county's shelf. At most one is open at a time."""

    number = models.CharField(_("number"), max_length=24, unique=True)
    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="stock_takes", verbose_name=_("county")
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("begun by"),
    )
    opened_at = models.DateTimeField(pgettext_lazy("packaging", "begun"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("packaging", "closed by"),
    )
    closed_at = models.DateTimeField(pgettext_lazy("packaging", "closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("stock-take")
        verbose_name_plural = _("stock-takes")
        ordering = ["-opened_at", "-pk"]
        default_permissions = ["view", "add", "change"]
        constraints = [
            models.UniqueConstraint(
                fields=["region"], condition=Q(closed_at=None), name="stock_take_one_open"
            )
        ]

    def __str__(self) -> str:
        return self.number


class StockCount(models.Model):
    """One item in a stock-take. `expected` is what the books said when the number was entered."""

    take = models.ForeignKey(StockTake, models.CASCADE, related_name="counts")
    item = models.ForeignKey(
        "brand.PackagingItem", models.PROTECT, related_name="counts", verbose_name=_("packaging item")
    )
    expected = models.PositiveIntegerField(_("in the books"))
    counted = models.PositiveIntegerField(pgettext_lazy("packaging", "counted"), null=True, blank=True)
    reason = models.CharField(_("why it differs"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("count of an item")
        verbose_name_plural = _("counts of items")
        ordering = ["item__name", "pk"]
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["take", "item"], name="stock_count_once")]

    def __str__(self) -> str:
        return f"{self.take_id}/{self.item_id}: {self.counted}"

    @property
    def difference(self) -> int:
        """How much more was counted than the books said; below zero, less."""
        return 0 if self.counted is None else self.counted - self.expected
