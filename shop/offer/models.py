"""What a promotion is: Oscar's offers with the county whose hall makes them.

Oscar's own classes ask the database for every article and every offer. Ours are data alone; what they come
to is worked out in `shop.promotions.counting`, from a kept copy (`shop.promotions.deals`).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.offer.abstract_models import AbstractBenefit, AbstractConditionalOffer


class ConditionalOffer(AbstractConditionalOffer):
    """A promotion of one hall. Its dates are those of its campaign, where it has one.

    `max_basket_applications` says how often it counts in one order; None: as often as it fits.
    """

    class Kind(models.TextChoices):
        BUNDLE = "bundle", _("bundle at one price")
        RATE = "rate", _("several at a lower price")
        SPEND_SAVE = "spend_save", _("spend and save")
        GIFT = "gift", _("gift with the purchase")
        FREIGHT = "freight", _("free delivery from an amount")

    name = models.CharField(_("name"), max_length=128, help_text=_("As buyers read it."))
    region = models.ForeignKey(
        "brand.Region", models.PROTECT, null=True, related_name="offers", verbose_name=_("county")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.SPEND_SAVE)
    seller = models.ForeignKey(
        "partner.Partner",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name=_("only articles of this seller"),
    )
    provinces = models.CharField(
        _("provinces"),
        max_length=120,
        blank=True,
        help_text=_("First two digits of the division codes, with commas; empty: everywhere."),
    )
    campaign = models.ForeignKey(
        "fengtu_shop.Campaign",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name=_("campaign"),
    )

    class Meta(AbstractConditionalOffer.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="offer_named_once_in_a_county"),
            models.CheckConstraint(
                condition=Q(max_global_applications=None)
                | Q(num_applications__lte=models.F("max_global_applications")),
                name="offer_used_at_most_its_limit",
            ),
        ]


class Benefit(AbstractBenefit):
    """What a promotion gives: money off, or so many of an article that comes as a gift."""

    gift = models.ForeignKey(
        "catalogue.Product",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="given_by",
        verbose_name=_("gift"),
    )
    gift_quantity = models.PositiveSmallIntegerField(_("number of gifts"), default=1)


from oscar.apps.offer.models import *  # noqa: E402, F403
from oscar.apps.offer.models import Condition as Condition  # noqa: E402, PLC0414
from oscar.apps.offer.models import Range as Range  # noqa: E402, PLC0414
