"""The activity."""

from datetime import datetime, timedelta
from secrets import token_hex
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

CHECK_IN_OPENS = timedelta(hours=2)  # before it begins
CHECK_IN_CLOSES = timedelta(hours=2)  # after it ends


def new_key() -> str:
    """Return the secret of one activity's check-in."""
    return token_hex(32)


class ActivityQuerySet(models.QuerySet):
    """Activities by time."""

    def public(self) -> Self:
        """Return those the site shows."""
        return self.filter(is_public=True)

    def coming(self, *, at: datetime) -> Self:
        """Return what has not ended, soonest first."""
        return self.filter(ends_at__gt=at).order_by("starts_at", "pk")

    def past(self, *, at: datetime) -> Self:
        """Return what has ended, newest first."""
        return self.filter(ends_at__lte=at).order_by("-starts_at", "-pk")


class Activity(models.Model):
    """Something the association invites to, with a place, a time and so many places."""

    class Kind(models.TextChoices):
        """What sort of occasion it is."""

        SALON = "salon", _("salon")
        FAIR = "fair", _("fair")
        TRAINING = "training", _("training")
        FESTIVAL = "festival", _("festival")

    class Audience(models.TextChoices):
        """Whom it is open to."""

        PUBLIC = "public", _("everybody")
        MEMBERS = "members", _("members only")

    class Home(models.TextChoices):
        """Whose pages show it. Each of these names a namespace of addresses with an `activity` in it."""

        ASSOCIATION = "association", _("the association")
        TRAINING = "training", _("the training")

    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="activities", verbose_name=_("county")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.SALON)
    title = models.CharField(_("title"), max_length=80)
    slug = models.SlugField(_("slug"), max_length=64, unique=True)
    summary = models.CharField(_("one line"), max_length=120, blank=True)
    text = models.TextField(
        _("what happens"), blank=True, help_text=_("The programme, what to bring, how to get there.")
    )
    place = models.CharField(_("place"), max_length=60)
    address = models.CharField(_("address"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    audience = models.CharField(_("open to"), max_length=12, choices=Audience, default=Audience.PUBLIC)
    takes_sign_ups = models.BooleanField(
        _("takes sign-ups"), default=True, help_text=_("Off: whoever comes, comes.")
    )
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty: as many as come.")
    )
    sign_up_until = models.DateTimeField(
        _("sign-up until"), null=True, blank=True, help_text=_("Empty: until it begins.")
    )
    answer_hours = models.PositiveSmallIntegerField(
        _("hours to answer"),
        default=24,
        help_text=_("Who moves up from the waiting list has so long to say yes; then the next one is asked."),
    )
    contact = models.CharField(_("whom to ask"), max_length=60, blank=True, help_text=_("Shown on the page."))
    image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    art = models.CharField(
        _("drawing"), max_length=40, blank=True, help_text=_("Name of a drawing of the theme, without .svg.")
    )
    home = models.CharField(
        _("shown by"), max_length=12, choices=Home, default=Home.ASSOCIATION, editable=False
    )
    is_public = models.BooleanField(_("shown on the site"), default=False)
    outcome = models.TextField(
        _("how it went"), blank=True, help_text=_("Afterwards: what was said and agreed.")
    )
    called_off_at = models.DateTimeField(_("called off"), null=True, blank=True, editable=False)
    called_off_why = models.CharField(_("why it is called off"), max_length=200, blank=True, editable=False)
    places_taken = models.PositiveIntegerField(_("places taken"), default=0, editable=False)
    check_in_key = models.CharField(max_length=64, default=new_key, editable=False)
    contacts_erased_at = models.DateTimeField(_("contact data erased"), null=True, blank=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["region", "starts_at"], name="activity_of_county")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="activity_times_in_order",
                violation_error_message=_("It ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(sign_up_until=None) | Q(sign_up_until__lte=F("ends_at")),
                name="activity_sign_up_before_end",
                violation_error_message=_("Sign-up cannot end after the activity."),
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(places_taken__lte=F("capacity")),
                name="activity_within_capacity",
                violation_error_message=_("More people have a place already than that."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its public page."""
        return reverse(f"{self.home}:activity", args=[self.slug])

    @property
    def sign_up_ends(self) -> datetime:
        """Until when people may sign up."""
        return self.sign_up_until or self.starts_at

    @property
    def places_left(self) -> int | None:
        """How many places are free; None: no limit."""
        return None if self.capacity is None else self.capacity - self.places_taken

    @property
    def is_full(self) -> bool:
        """Whether nobody gets a place at once any more."""
        return self.places_left is not None and self.places_left <= 0

    def takes_people(self, *, at: datetime) -> bool:
        """Tell whether people may sign up at that moment."""
        return self.takes_sign_ups and self.called_off_at is None and at < self.sign_up_ends

    def checks_in(self, *, at: datetime) -> bool:
        """Tell whether people may check in at that moment."""
        opens, closes = self.starts_at - CHECK_IN_OPENS, self.ends_at + CHECK_IN_CLOSES
        return self.called_off_at is None and opens <= at <= closes
