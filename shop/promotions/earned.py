"""Gifts as they were earned: what they are worth and by which lines, kept with the order.

Promotions change; what a buyer was given, and on which condition, does not.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shop.order.models import Line


class EarnedGift(models.Model):
    """The condition of a gift in an order: `each` pieces for every `threshold`, `times` at most.

    The threshold is in yuan, or in pieces if `by_count`. `value` is what a piece cost in the shop that day.
    """

    line = models.OneToOneField(Line, models.CASCADE, related_name="earned", verbose_name=_("gift"))
    threshold = models.DecimalField(_("from how much on"), max_digits=12, decimal_places=2)
    by_count = models.BooleanField(_("counted in pieces"), default=False)
    each = models.PositiveIntegerField(_("pieces each time"), default=1)
    times = models.PositiveIntegerField(_("how often at most"), null=True, blank=True)
    value = models.DecimalField(_("worth, in yuan"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("earned gift")
        verbose_name_plural = _("earned gifts")
        app_label = "fengtu_shop"
        constraints = [
            models.CheckConstraint(
                condition=Q(value__gte=0) & Q(threshold__gte=0), name="earned_gift_not_negative"
            )
        ]

    def __str__(self) -> str:
        return self.line.title


class Earning(models.Model):
    """A line that counted towards a gift, with what it counted: yuan to be paid, or pieces."""

    gift = models.ForeignKey(EarnedGift, models.CASCADE, related_name="earnings", verbose_name=_("gift"))
    line = models.ForeignKey(Line, models.CASCADE, related_name="earnings", verbose_name=_("article"))
    amount = models.DecimalField(_("counted towards it"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("earning of a gift")
        verbose_name_plural = _("earnings of a gift")
        app_label = "fengtu_shop"
        constraints = [models.UniqueConstraint(fields=["gift", "line"], name="earning_once")]

    def __str__(self) -> str:
        return f"{self.gift}: {self.line.title}"
