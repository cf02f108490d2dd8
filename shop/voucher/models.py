"""Coupons: Oscar's vouchers with the county that gives them out, to whom, and how many there are."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from oscar.apps.voucher.abstract_models import AbstractVoucher


class Voucher(AbstractVoucher):
    """A coupon people claim (领券). What it is worth stands in its one offer.

    `claimed` counts what was given out; it never exceeds `quantity`, whoever asks at the same moment.
    """

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", pgettext_lazy("coupon", "everybody")
        NEW = "new", _("who has not ordered here before")
        CODE = "code", _("who knows the code")
        REVIEWERS = "reviewers", _("who showed a photo in a review")

    name = models.CharField(_("name"), max_length=128, help_text=_("As buyers read it."))
    region = models.ForeignKey(
        "brand.Region", models.PROTECT, null=True, related_name="coupons", verbose_name=_("county")
    )
    audience = models.CharField(
        pgettext_lazy("coupon", "for whom"),
        max_length=16,
        choices=Audience.choices,
        default=Audience.EVERYBODY,
    )
    quantity = models.PositiveIntegerField(
        _("how many there are"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    claimed = models.PositiveIntegerField(_("claimed"), default=0)
    per_person = models.PositiveSmallIntegerField(_("per person"), default=1)
    valid_days = models.PositiveSmallIntegerField(
        _("days to use it"), null=True, blank=True, help_text=_("Empty: until the last day.")
    )
    campaign = models.ForeignKey(
        "fengtu_shop.Campaign",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="coupons",
        verbose_name=_("campaign"),
    )

    class Meta(AbstractVoucher.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="coupon_named_once_in_a_county"),
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(claimed__lte=F("quantity")),
                name="coupon_claimed_at_most_there",
            ),
            models.CheckConstraint(condition=Q(per_person__gte=1), name="coupon_one_each_at_least"),
        ]


from oscar.apps.voucher.models import *  # noqa: E402, F403
