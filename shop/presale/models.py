"""Pre-sales, the terms buyers accepted, their bookings, and delays."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shop.catalogue.models import Product
from shop.order.models import Order


class Presale(models.Model):
    """A harvest that is sold while it grows: what of, from where, when, how much at most, how it is paid.

    `booked` counts what deposits hold and never exceeds `cap`. What buyers were promised (base, article,
    deposit, rule) is fixed with the first booking; the harvest window moves by a delay alone.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        OPEN = "open", _("can be booked")
        HARVEST = "harvest", _("harvested, balance due")
        CLOSED = "closed", pgettext_lazy("presale", "closed")
        CANCELLED = "cancelled", _("cancelled, deposits refunded")

    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="presales", verbose_name=_("county")
    )
    slug = models.SlugField(_("address of the page"), max_length=60, unique=True, allow_unicode=True)
    title = models.CharField(_("title"), max_length=80)
    about = models.TextField(_("about"), max_length=1500, blank=True)
    base = models.ForeignKey(
        "telemetry.Base", models.PROTECT, related_name="presales", verbose_name=_("base")
    )
    crop = models.ForeignKey("brand.Crop", models.PROTECT, related_name="presales", verbose_name=_("crop"))
    article = models.ForeignKey(Product, models.PROTECT, related_name="presales", verbose_name=_("article"))
    batch = models.ForeignKey(
        "record.Batch",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="presales",
        verbose_name=_("batch in the field"),
        help_text=_("Its events are the progress that buyers see."),
    )
    harvest_from = models.DateField(_("harvest from"))
    harvest_to = models.DateField(_("harvest until"))
    opens_at = models.DateTimeField(_("bookable from"))
    closes_at = models.DateTimeField(_("bookable until"))
    cap = models.PositiveIntegerField(_("at most"), help_text=_("Pieces of the article that are sold ahead."))
    booked = models.PositiveIntegerField(_("booked"), default=0, editable=False)
    most_each = models.PositiveIntegerField(_("at most in one order"), default=20)
    deposit = models.DecimalField(
        _("deposit per piece"),
        max_digits=12,
        decimal_places=2,
        help_text=_("At most a fifth of the price (Civil Code art. 586)."),
    )
    balance_days = models.PositiveSmallIntegerField(
        _("days to pay the balance"), default=7, help_text=_("Counted from the harvest.")
    )
    deposit_kept = models.BooleanField(
        _("the deposit stays with the grower when the balance is not paid"), default=True
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.DRAFT, db_index=True, editable=False
    )
    balance_from = models.DateTimeField(_("balance payable from"), null=True, blank=True, editable=False)
    balance_until = models.DateTimeField(_("balance payable until"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("pre-sale")
        verbose_name_plural = _("pre-sales")
        ordering = ["harvest_from", "pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.CheckConstraint(condition=Q(booked__lte=F("cap")), name="presale_booked_at_most_cap"),
            models.CheckConstraint(
                condition=Q(harvest_from__lte=F("harvest_to")),
                name="presale_harvest_in_order",
                violation_error_message=_("The harvest ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")),
                name="presale_booking_in_order",
                violation_error_message=_("Booking ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(deposit__gt=0),
                name="presale_deposit_positive",
                violation_error_message=_("The deposit is more than nothing."),
            ),
            models.CheckConstraint(condition=Q(most_each__gte=1, cap__gte=1), name="presale_of_something"),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(state__in=["open", "harvest"]),
                name="one_presale_of_an_article",
                violation_error_message=_("Another pre-sale of this article is running."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def left(self) -> int:
        """How many can still be booked."""
        return self.cap - self.booked


class PresaleTerms(models.Model):
    """One edition of the terms of a pre-sale; a booking keeps the one its buyer accepted."""

    presale = models.ForeignKey(Presale, models.PROTECT, related_name="terms", verbose_name=_("pre-sale"))
    number = models.PositiveSmallIntegerField(pgettext_lazy("terms", "edition"))
    text = models.TextField(_("text"))
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("terms of a pre-sale")
        verbose_name_plural = _("terms of pre-sales")
        ordering = ["presale", "-number"]
        app_label = "fengtu_shop"
        constraints = [models.UniqueConstraint(fields=["presale", "number"], name="one_edition_of_a_number")]

    def __str__(self) -> str:
        return f"{self.presale} {self.number}"


class Booking(models.Model):
    """An order's share of a harvest. `held` while it counts in the pre-sale's `booked`."""

    presale = models.ForeignKey(Presale, models.PROTECT, related_name="bookings", verbose_name=_("pre-sale"))
    order = models.OneToOneField(
        Order, models.PROTECT, related_name="booking", verbose_name=pgettext_lazy("purchase", "order")
    )
    terms = models.ForeignKey(
        PresaleTerms, models.PROTECT, related_name="bookings", verbose_name=_("terms accepted")
    )
    quantity = models.PositiveIntegerField(_("quantity"))
    booked_at = models.DateTimeField(_("booked at"))
    confirmed_at = models.DateTimeField(_("deposit paid at"), null=True, blank=True)
    held = models.BooleanField(_("holds its share"), default=True)
    deposit_kept_at = models.DateTimeField(_("deposit kept at"), null=True, blank=True)

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["-booked_at", "-pk"]
        app_label = "fengtu_shop"
        constraints = [models.CheckConstraint(condition=Q(quantity__gte=1), name="booking_of_something")]

    def __str__(self) -> str:
        return f"{self.order.number} × {self.quantity}"


class PresaleDelay(models.Model):
    """A harvest later than promised. Whoever booked before may step back with the whole deposit."""

    presale = models.ForeignKey(Presale, models.PROTECT, related_name="delays", verbose_name=_("pre-sale"))
    was_from = models.DateField(_("promised from"))
    was_to = models.DateField(_("promised until"))
    now_from = models.DateField(_("now from"))
    now_to = models.DateField(_("now until"))
    reason = models.CharField(_("reason"), max_length=200)
    at = models.DateTimeField(_("told at"))

    class Meta:
        verbose_name = _("delay of a harvest")
        verbose_name_plural = _("delays of harvests")
        ordering = ["presale", "at"]
        app_label = "fengtu_shop"
        constraints = [
            models.CheckConstraint(condition=Q(now_to__gt=F("was_to")), name="presale_delay_is_later"),
        ]

    def __str__(self) -> str:
        return f"{self.presale}: {self.now_from} – {self.now_to}"
