"""How a county takes money."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PayingTerms(models.Model):
    """How a county takes money beside the gateways: its bank account, and money at the door."""

    region = models.OneToOneField(
        "brand.Region", models.PROTECT, related_name="paying_terms", verbose_name=_("county")
    )
    holder = models.CharField(_("account holder"), max_length=80, blank=True)
    bank = models.CharField(_("bank and branch"), max_length=120, blank=True)
    account = models.CharField(_("account number"), max_length=40, blank=True)
    transfer_days = models.PositiveSmallIntegerField(
        _("days for a transfer"),
        default=3,
        help_text=_("The goods are kept for the buyer as long."),
    )
    on_delivery = models.BooleanField(_("cash on delivery"), default=False)
    on_delivery_most = models.DecimalField(
        _("cash on delivery up to"), max_digits=12, decimal_places=2, default=500
    )

    class Meta:
        verbose_name = _("terms of paying")
        verbose_name_plural = _("terms of paying")
        ordering = ["region"]
        app_label = "fengtu_shop"

    def __str__(self) -> str:
        return str(self.region)
