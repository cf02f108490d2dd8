"""Campaigns of a hall, and coupons in people's hands."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Campaign(models.Model):
    """An entry of the activity calendar (活动日历): the time its promotions and coupons hold.

    Times are entered and read in the time of Asia/Shanghai. `published` shows it on the hall.
    """

    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="campaigns", verbose_name=_("county")
    )
    name = models.CharField(_("name"), max_length=40)
    summary = models.CharField(_("in one sentence"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    budget = models.DecimalField(
        _("budget"), max_digits=12, decimal_places=2, null=True, blank=True, help_text=_("In yuan.")
    )
    published = models.BooleanField(_("shown and in force"), default=False)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-starts_at", "pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="campaign_ends_after_start"),
            models.UniqueConstraint(fields=["region", "name", "starts_at"], name="campaign_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.name


class HeldCoupon(models.Model):
    """A coupon in somebody's hand: of an account, or of a guest's basket until it is ordered.

    `turn` numbers the coupons of one kind in one hand, so that two presses at once take one. `occasion`
    names what it was given for, once (a review).
    """

    voucher = models.ForeignKey(
        "voucher.Voucher", models.PROTECT, related_name="held", verbose_name=_("coupon")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="coupons",
        verbose_name=_("person"),
    )
    basket = models.ForeignKey(
        "basket.Basket",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="coupons_held",
        verbose_name=_("basket"),
    )
    phone = models.CharField(_("phone number"), max_length=20, blank=True, db_index=True)
    turn = models.PositiveSmallIntegerField(_("number"), default=1)
    occasion = models.CharField(_("given for"), max_length=60, blank=True)
    claimed_at = models.DateTimeField(_("claimed at"))
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    order = models.ForeignKey(
        "order.Order",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="coupons",
        verbose_name=pgettext_lazy("purchase", "order"),
    )

    class Meta:
        verbose_name = _("claimed coupon")
        verbose_name_plural = _("claimed coupons")
        ordering = ["-claimed_at", "-pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.UniqueConstraint(
                fields=["voucher", "user", "turn"], condition=~Q(user=None), name="coupon_turn_of_a_person"
            ),
            models.UniqueConstraint(
                fields=["voucher", "basket", "turn"],
                condition=~Q(basket=None) & Q(user=None),
                name="coupon_turn_of_a_basket",
            ),
            models.UniqueConstraint(
                fields=["voucher", "occasion"], condition=~Q(occasion=""), name="coupon_once_for_an_occasion"
            ),
        ]

    def __str__(self) -> str:
        return self.voucher.name
