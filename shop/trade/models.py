"""Trade prices and quotations."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shop.trade.buyers import TradeBuyer


class PriceTier(models.Model):
    """From so many units on, an approved trade buyer pays this for one."""

    stockrecord = models.ForeignKey(
        "partner.StockRecord", models.CASCADE, related_name="tiers", verbose_name=_("article")
    )
    least = models.PositiveIntegerField(_("from how many"), validators=[MinValueValidator(2)])
    price = models.DecimalField(
        _("price of one in yuan"),
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )

    class Meta:
        verbose_name = _("trade price")
        verbose_name_plural = _("trade prices")
        ordering = ["stockrecord", "least"]
        app_label = "fengtu_shop"
        constraints = [
            models.UniqueConstraint(fields=["stockrecord", "least"], name="price_tier_once"),
            models.CheckConstraint(condition=Q(price__gt=0, least__gte=2), name="price_tier_is_a_price"),
        ]

    def __str__(self) -> str:
        return f"{self.least}+ {self.price}"


class Quotation(models.Model):
    """What a buyer asks one seller for, and what the seller answers. One state follows another once."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("quotation", "waiting for the seller")
        OFFERED = "offered", pgettext_lazy("quotation", "offered, waiting for you")
        ORDERED = "ordered", pgettext_lazy("quotation", "ordered")
        DECLINED = "declined", pgettext_lazy("quotation", "the seller declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("quotation", "withdrawn")
        LAPSED = "lapsed", pgettext_lazy("quotation", "lapsed")

    number = models.CharField(_("number"), max_length=24, unique=True)
    buyer = models.ForeignKey(
        TradeBuyer, models.PROTECT, related_name="quotations", verbose_name=_("trade buyer")
    )
    partner = models.ForeignKey(
        "partner.Partner", models.PROTECT, related_name="quotations", verbose_name=_("seller")
    )
    region = models.ForeignKey("brand.Region", models.PROTECT, related_name="+", verbose_name=_("county"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.ASKED)
    wish = models.CharField(_("note of the buyer"), max_length=200, blank=True)
    answer = models.CharField(_("note of the seller"), max_length=200, blank=True)
    freight = models.DecimalField(
        _("freight"), max_digits=10, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )  # fmt: skip
    asked_at = models.DateTimeField(pgettext_lazy("trade", "asked on"))
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    order = models.OneToOneField(
        "order.Order",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="quotation",
        verbose_name=pgettext_lazy("purchase", "order"),
    )

    class Meta:
        verbose_name = _("quotation")
        verbose_name_plural = _("quotations")
        ordering = ["-asked_at", "-pk"]
        app_label = "fengtu_shop"
        default_permissions = ["view", "change"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(valid_until__isnull=False, freight__isnull=False),
                name="quotation_offer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="ordered", order__isnull=False)
                | (~Q(state="ordered") & Q(order__isnull=True)),
                name="quotation_ordered_has_its_order",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class QuotationLine(models.Model):
    """An article of a quotation. `price` is what the seller offers for one, None before the answer."""

    quotation = models.ForeignKey(Quotation, models.CASCADE, related_name="lines")
    stockrecord = models.ForeignKey(
        "partner.StockRecord", models.PROTECT, related_name="quotation_lines", verbose_name=_("article")
    )
    quantity = models.PositiveIntegerField(_("quantity"), validators=[MinValueValidator(1)])
    price = models.DecimalField(
        _("price of one in yuan"), max_digits=10, decimal_places=2, null=True, blank=True
    )

    class Meta:
        ordering = ["pk"]
        app_label = "fengtu_shop"
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["quotation", "stockrecord"], name="quotation_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="quotation_line_asks_for_some"),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gt=0), name="quotation_line_has_a_price"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stockrecord_id} x {self.quantity}"

    @property
    def amount(self) -> Decimal:
        """What the line costs in yuan; 0 before the answer."""
        return self.quantity * (self.price or Decimal(0))
