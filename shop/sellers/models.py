"""The papers a seller shows (亮照亮证): 网络交易监督管理办法 art. 12, 电子商务法 art. 15, 食品安全法."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from brand.models import Region
from shop.partner.models import Partner


class SellerPaper(models.Model):
    """A licence of a seller with its picture, shown to everybody while the seller sells."""

    class Kind(models.TextChoices):
        """What the paper allows."""

        BUSINESS = "business", _("business licence")
        FOOD_TRADE = "food_trade", _("food trade licence")
        FOOD_FILING = "food_filing", _("filing for packaged food only")
        FOOD_PRODUCTION = "food_production", _("food production licence")
        WORKSHOP = "workshop", _("registration of a small food workshop")
        EXEMPT = "exempt", _("declaration of own produce")

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="papers", verbose_name=_("seller"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    number = models.CharField(_("number"), max_length=40, blank=True)
    holder = models.CharField(_("name on the paper"), max_length=80)
    issuer = models.CharField(_("issued by"), max_length=80, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(
        _("valid to"), null=True, blank=True, help_text=_("Empty: without end, as most business licences.")
    )
    statement = models.CharField(
        _("declaration"),
        max_length=300,
        blank=True,
        help_text=_("Who sells only what they grew needs no registration and says so here."),
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture of the paper"),
    )
    reminded_days = models.SmallIntegerField(null=True, blank=True, editable=False)
    """The last step before the end of which people were told; empty: none yet."""

    class Meta:
        verbose_name = _("paper of a seller")
        verbose_name_plural = _("papers of sellers")
        ordering = ["partner", "kind", "-valid_to"]
        app_label = "fengtu_shop"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number"], condition=~Q(number=""), name="seller_paper_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="seller_paper_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(kind="exempt", statement__gt="") | (~Q(kind="exempt") & ~Q(number="")),
                name="seller_paper_has_number_or_declaration",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()

    @property
    def region(self) -> Region:
        """The county in whose hall the seller sells."""
        member: Any = self.partner.member  # the form offers only sellers with a member
        region: Region = member.region
        return region

    def is_valid(self, *, on: date) -> bool:
        """Tell whether the paper is in force on a day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or self.valid_to >= on)
