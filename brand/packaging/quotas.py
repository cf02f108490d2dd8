"""The quota: how much of one item may be taken under one licence, in its whole period (包装额度)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PackagingQuota(models.Model):
    """One item under one licence. What comes back unused may be taken again."""

    licence = models.ForeignKey(
        "brand.Licence", models.PROTECT, related_name="packaging_quotas", verbose_name=_("licence")
    )
    item = models.ForeignKey(
        "brand.PackagingItem", models.PROTECT, related_name="quotas", verbose_name=_("packaging item")
    )
    quantity = models.PositiveIntegerField(
        pgettext_lazy("packaging", "quota"), help_text=_("In the whole period of the licence.")
    )
    taken = models.PositiveIntegerField(pgettext_lazy("packaging", "taken"), default=0, editable=False)
    promised = models.PositiveIntegerField(pgettext_lazy("packaging", "promised"), default=0, editable=False)

    class Meta:
        verbose_name = _("packaging quota")
        verbose_name_plural = _("packaging quotas")
        ordering = ["licence", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["licence", "item"],
                name="packaging_quota_once",
                violation_error_message=_("This licence has a quota of this item already. Change that one."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=F("taken") + F("promised")),
                name="packaging_within_quota",
                violation_error_message=_("More was taken or promised already than this quota allows."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.licence} · {self.item}"

    @property
    def left(self) -> int:
        """How much may still be asked for."""
        return self.quantity - self.taken - self.promised
