"""What was agreed with a supplier, dated: rows are added, never changed, so old sales keep their terms."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_PERCENT = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]


class SettlementTerms(models.Model):
    """How the hall settles with a supplier for orders placed from `valid_from` on.

    By commission the supplier gets its sales less `rate` per cent; by supply price it gets the price of its
    list for each unit and the hall keeps the rest. `promotion_share` is the supplier's part of what
    promotions take off, in per cent; the hall bears the other part.
    """

    class Basis(models.TextChoices):
        COMMISSION = "commission", _("commission on sales")
        SUPPLY = "supply", _("supply price")

    partner = models.ForeignKey(
        "partner.Partner", models.PROTECT, related_name="settlement_terms", verbose_name=_("supplier")
    )
    valid_from = models.DateField(_("valid from"))
    basis = models.CharField(_("settled by"), max_length=12, choices=Basis, default=Basis.COMMISSION)
    rate = models.DecimalField(
        _("commission in per cent"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(0),
        validators=_PERCENT,
    )
    promotion_share = models.DecimalField(
        _("supplier's part of promotions in per cent"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(0),
        validators=_PERCENT,
        help_text=_("0: the hall bears them. 100: the supplier does."),
    )
    agreed = models.CharField(_("agreed in"), max_length=100, blank=True, help_text=_("Contract, minutes."))

    class Meta:
        verbose_name = _("settlement terms")
        verbose_name_plural = _("settlement terms")
        ordering = ["partner", "-valid_from"]
        app_label = "fengtu_shop"
        default_permissions = ["view", "add"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "valid_from"], name="settlement_terms_once_a_day"),
            models.CheckConstraint(
                condition=Q(rate__gte=0, rate__lte=100, promotion_share__gte=0, promotion_share__lte=100),
                name="settlement_terms_are_percent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner} {self.valid_from}"


class PromotionShare(models.Model):
    """Who bears one promotion, where it is another than the terms say, from a day on."""

    offer = models.ForeignKey(
        "offer.ConditionalOffer", models.CASCADE, related_name="settlement_shares", verbose_name=_("offer")
    )
    supplier_share = models.DecimalField(
        _("supplier's part in per cent"), max_digits=5, decimal_places=2, validators=_PERCENT
    )
    valid_from = models.DateField(_("valid from"))

    class Meta:
        verbose_name = _("who bears a promotion")
        verbose_name_plural = pgettext_lazy("settlement", "who bears promotions")
        ordering = ["offer", "-valid_from"]
        app_label = "fengtu_shop"
        default_permissions = ["view", "add"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "valid_from"], name="promotion_share_once_a_day"),
            models.CheckConstraint(
                condition=Q(supplier_share__gte=0, supplier_share__lte=100),
                name="promotion_share_is_percent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer} {self.supplier_share} %"


class SupplyPrice(models.Model):
    """What the supplier asks for one unit of an article from a day on (供应价)."""

    stockrecord = models.ForeignKey(
        "partner.StockRecord", models.PROTECT, related_name="supply_prices", verbose_name=_("article")
    )
    price = models.DecimalField(
        _("supply price in yuan"),
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    valid_from = models.DateField(_("valid from"))

    class Meta:
        verbose_name = _("supply price")
        verbose_name_plural = _("supply prices")
        ordering = ["stockrecord", "-valid_from"]
        app_label = "fengtu_shop"
        default_permissions = ["view", "add"]
        constraints = [
            models.UniqueConstraint(fields=["stockrecord", "valid_from"], name="supply_price_once_a_day"),
            models.CheckConstraint(condition=Q(price__gt=0), name="supply_price_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.price} / {self.valid_from}"
