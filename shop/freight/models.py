"""Freight templates: a price for the first weight and one for each further step, zone by zone."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FreightTemplate(models.Model):
    """What the parcels of one seller cost, or of every seller of a county who has none of their own.

    Weights are whole grams of the packed goods; `unweighed_grams` stands for an article without a weight.
    """

    region = models.ForeignKey(
        "brand.Region", models.CASCADE, related_name="freight_templates", verbose_name=_("county")
    )
    partner = models.ForeignKey(
        "partner.Partner",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="freight_templates",
        verbose_name=_("seller"),
        help_text=_("Empty: every seller of the county without a template of their own."),
    )
    name = models.CharField(_("name"), max_length=60)
    first_grams = models.PositiveIntegerField(
        _("first weight, in grams"), default=1000, validators=[MinValueValidator(1)]
    )
    further_grams = models.PositiveIntegerField(
        _("further weight, in grams"), default=1000, validators=[MinValueValidator(1)]
    )
    unweighed_grams = models.PositiveIntegerField(
        _("weight of an article without one, in grams"), default=1000
    )

    class Meta:
        verbose_name = _("freight template")
        verbose_name_plural = _("freight templates")
        ordering = ["region", "partner", "pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.UniqueConstraint(fields=["region", "partner"], name="one_freight_template_of_a_seller"),
            models.UniqueConstraint(
                fields=["region"], condition=Q(partner=None), name="one_freight_template_of_a_county"
            ),
            models.CheckConstraint(
                condition=Q(first_grams__gte=1, further_grams__gte=1), name="freight_weights_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FreightZone(models.Model):
    """Some provinces, cities or districts with their prices, or where nothing is delivered and why.

    `areas` are the beginnings of division codes (GB/T 2260): 2 digits a province, 4 a city, 6 a district.
    The longest that fits decides; a zone without areas is everywhere else.
    """

    template = models.ForeignKey(
        FreightTemplate, models.CASCADE, related_name="zones", verbose_name=_("freight template")
    )
    areas = models.JSONField(_("areas"), default=list, blank=True)
    delivered = models.BooleanField(_("delivered there"), default=True)
    first_charge = models.DecimalField(
        _("first weight, in yuan"), max_digits=8, decimal_places=2, default=Decimal(0)
    )
    further_charge = models.DecimalField(
        _("each further weight, in yuan"), max_digits=8, decimal_places=2, default=Decimal(0)
    )
    note = models.CharField(
        _("what buyers read"), max_length=120, blank=True, help_text=_("Why dearer, slower or not at all.")
    )

    class Meta:
        verbose_name = _("freight zone")
        verbose_name_plural = _("freight zones")
        ordering = ["template", "pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.CheckConstraint(
                condition=Q(first_charge__gte=0, further_charge__gte=0), name="freight_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(delivered=True) | ~Q(note=""), name="freight_refusal_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.areas) or str(_("everywhere else"))


class FreightShare(models.Model):
    """How much of an order's freight one seller's parcels cost: what the statement of the seller counts."""

    order = models.ForeignKey(
        "order.Order",
        models.CASCADE,
        related_name="freight_shares",
        verbose_name=pgettext_lazy("purchase", "order"),
    )
    partner = models.ForeignKey(
        "partner.Partner", models.PROTECT, related_name="freight_shares", verbose_name=_("seller")
    )
    amount = models.DecimalField(pgettext_lazy("money", "amount"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("share of the freight")
        verbose_name_plural = _("shares of the freight")
        ordering = ["order", "partner"]
        app_label = "fengtu_shop"
        constraints = [
            models.UniqueConstraint(fields=["order", "partner"], name="one_freight_share_of_a_seller"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="freight_share_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.partner_id} {self.amount}"
