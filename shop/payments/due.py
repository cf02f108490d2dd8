"""Sums an order owes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shop.order.models import Order


class Due(models.Model):
    """A sum an order owes: the whole, or the deposit and later the balance of a pre-sale."""

    class Kind(models.TextChoices):
        FULL = "full", _("whole amount")
        DEPOSIT = "deposit", _("deposit")
        BALANCE = "balance", _("balance")

    order = models.ForeignKey(
        Order, models.PROTECT, related_name="dues", verbose_name=pgettext_lazy("purchase", "order")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.FULL)
    amount = models.DecimalField(pgettext_lazy("money", "amount"), max_digits=12, decimal_places=2)
    opens_at = models.DateTimeField(_("payable from"), null=True, blank=True)
    closes_at = models.DateTimeField(_("payable until"), null=True, blank=True)
    paid_at = models.DateTimeField(_("paid at"), null=True, blank=True)

    class Meta:
        verbose_name = _("sum due")
        verbose_name_plural = _("sums due")
        ordering = ["order", "pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.UniqueConstraint(fields=["order", "kind"], name="one_due_of_a_kind"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="due_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.order.number} {self.get_kind_display()} {self.amount}"
