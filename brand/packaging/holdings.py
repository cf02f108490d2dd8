"""The holding: what a member took of an item, and what became of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PackagingHolding(models.Model):
    """Issued = used + spoiled + returned + remaining: the database lets no other row stand."""

    member = models.ForeignKey(
        "brand.Member", models.PROTECT, related_name="packaging_holdings", verbose_name=_("member")
    )
    item = models.ForeignKey(
        "brand.PackagingItem", models.PROTECT, related_name="holdings", verbose_name=_("packaging item")
    )
    issued = models.PositiveIntegerField(pgettext_lazy("packaging", "issued"), default=0)
    used = models.PositiveIntegerField(pgettext_lazy("packaging", "used"), default=0)
    spoiled = models.PositiveIntegerField(pgettext_lazy("packaging", "spoiled"), default=0)
    returned = models.PositiveIntegerField(pgettext_lazy("packaging", "returned"), default=0)
    remaining = models.PositiveIntegerField(pgettext_lazy("packaging", "remaining"), default=0)

    class Meta:
        verbose_name = _("packaging with a member")
        verbose_name_plural = _("packaging with members")
        ordering = ["member", "item"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(fields=["member", "item"], name="packaging_holding_once"),
            models.CheckConstraint(
                condition=Q(issued=F("used") + F("spoiled") + F("returned") + F("remaining")),
                name="packaging_holding_adds_up",
            ),
            models.CheckConstraint(condition=Q(remaining__gte=0), name="packaging_holding_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}/{self.item_id}: {self.remaining}"
