"""The trade buyer: a restaurant, shop or canteen that may see trade prices once it is approved."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lib.credit_code import validate_credit_code


class TradeBuyer(models.Model):
    """An organisation that buys in quantity. One account speaks for it."""

    class Kind(models.TextChoices):
        RESTAURANT = "restaurant", _("restaurant")
        SUPERMARKET = "supermarket", _("supermarket or shop")
        CANTEEN = "canteen", _("canteen")
        WHOLESALE = "wholesale", _("wholesaler")

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("trade buyer", "waiting for a look")
        APPROVED = "approved", pgettext_lazy("trade buyer", "approved")
        REFUSED = "refused", pgettext_lazy("trade buyer", "refused")
        SUSPENDED = "suspended", pgettext_lazy("trade buyer", "suspended")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="trade_buyer",
        verbose_name=_("account"),
    )
    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="trade_buyers", verbose_name=_("county")
    )
    name = models.CharField(_("name on the business licence"), max_length=80)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    credit_code = models.CharField(
        _("unified social credit code"), max_length=18, validators=[validate_credit_code]
    )
    contact = models.CharField(_("contact person"), max_length=40)
    phone = models.CharField(_("telephone"), max_length=20)
    province = models.CharField(_("province"), max_length=40, blank=True)
    city = models.CharField(_("city"), max_length=40, blank=True)
    address = models.CharField(_("address for deliveries"), max_length=160)
    wants = models.CharField(
        _("what you buy"), max_length=200, blank=True, help_text=_("Which goods, how much, how often.")
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.ASKED)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    asked_at = models.DateTimeField(pgettext_lazy("trade", "asked on"))
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)

    class Meta:
        verbose_name = _("trade buyer")
        verbose_name_plural = _("trade buyers")
        ordering = ["-asked_at"]
        app_label = "fengtu_shop"
        default_permissions = ["view", "change"]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"], condition=~Q(state="refused"), name="trade_buyer_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
