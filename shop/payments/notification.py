"""What gateways told us."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shop.payments.payment import Payment
from shop.payments.refund import Repayment


class Notification(models.Model):
    """What came to the address of a gateway, as it came, and what became of it."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", pgettext_lazy("notification", "taken")
        AGAIN = "again", pgettext_lazy("notification", "known already")
        REFUSED = "refused", pgettext_lazy("notification", "refused")

    gateway = models.CharField(_("way of paying"), max_length=16)
    headers = models.JSONField(_("headers"), default=dict)
    body = models.TextField(_("content"), blank=True)
    outcome = models.CharField(_("what became of it"), max_length=8, choices=Outcome.choices)
    why = models.CharField(_("reason"), max_length=200, blank=True)
    payment = models.ForeignKey(
        Payment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notifications",
        verbose_name=_("payment"),
    )
    repayment = models.ForeignKey(
        Repayment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notifications",
        verbose_name=_("repayment"),
    )
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("notification of a gateway")
        verbose_name_plural = _("notifications of gateways")
        ordering = ["-received_at", "-pk"]
        app_label = "fengtu_shop"
        indexes = [models.Index(fields=["outcome", "received_at"], name="notification_outcome")]

    def __str__(self) -> str:
        return f"{self.gateway} {self.received_at:%Y-%m-%d %H:%M:%S}"
