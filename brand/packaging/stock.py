"""The stock of an item: sums of its ledger, which the database lets stand only while they add up."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PackagingStock(models.Model):
    """What came in, what went out and what lies on the shelf, of one item; written by `posting.post` alone.

    `promised` is what approved requests still wait for. `place` counts the item's movements.
    """

    item = models.OneToOneField("brand.PackagingItem", models.PROTECT, related_name="stock")
    received = models.PositiveIntegerField(pgettext_lazy("packaging", "received"), default=0)
    returned = models.PositiveIntegerField(pgettext_lazy("packaging", "returned"), default=0)
    issued = models.PositiveIntegerField(pgettext_lazy("packaging", "issued"), default=0)
    spoiled = models.PositiveIntegerField(_("spoiled in store"), default=0)
    adjusted = models.IntegerField(_("adjusted by stock-takes"), default=0)
    remaining = models.PositiveIntegerField(_("in stock"), default=0)
    promised = models.PositiveIntegerField(pgettext_lazy("packaging", "promised"), default=0)
    place = models.PositiveIntegerField(pgettext_lazy("packaging", "movements"), default=0)
    low_told_at = models.DateTimeField(_("told that it is low"), null=True, blank=True)

    class Meta:
        verbose_name = _("packaging stock")
        verbose_name_plural = _("packaging stocks")
        default_permissions = ["view"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    remaining=F("received") + F("returned") + F("adjusted") - F("issued") - F("spoiled")
                ),
                name="packaging_stock_adds_up",
            ),
            models.CheckConstraint(condition=Q(remaining__gte=0), name="packaging_stock_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.remaining}"

    @property
    def available(self) -> int:
        """How much nobody was promised. A stock-take may have found less than was promised: then nothing."""
        return max(0, self.remaining - self.promised)
