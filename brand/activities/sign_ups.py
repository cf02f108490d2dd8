"""The sign-up: one person's place, or wait for one, at one activity."""

from secrets import token_urlsafe
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def new_token() -> str:
    """Return the secret part of the address of a sign-up: 96 bits."""
    return token_urlsafe(12)


class SignUpQuerySet(models.QuerySet):
    """Sign-ups by what they hold."""

    def holding(self) -> Self:
        """Return those that hold a place: coming, or asked whether they still want to."""
        return self.filter(state__in=SignUp.HOLDING)

    def live(self) -> Self:
        """Return those that hold a place or wait for one."""
        return self.filter(state__in=SignUp.LIVE)

    def queue(self) -> Self:
        """Return those that wait, in their order."""
        return self.filter(state=SignUp.State.WAITING).order_by("signed_up_at", "pk")


class SignUp(models.Model):
    """One person at one activity. Contact data is erased a year after; that somebody came stays counted."""

    class State(models.TextChoices):
        """Where the person stands."""

        GOING = "going", pgettext_lazy("sign-up", "has a place")
        WAITING = "waiting", pgettext_lazy("sign-up", "waiting")
        OFFERED = "offered", pgettext_lazy("sign-up", "asked, not answered yet")
        CANCELLED = "cancelled", pgettext_lazy("sign-up", "cancelled")
        LAPSED = "lapsed", pgettext_lazy("sign-up", "did not answer in time")

    HOLDING = (State.GOING, State.OFFERED)
    LIVE = (State.GOING, State.OFFERED, State.WAITING)

    activity = models.ForeignKey(
        "brand.Activity", models.PROTECT, related_name="sign_ups", verbose_name=_("activity")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
    )
    member = models.ForeignKey(
        "brand.Member",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sign_ups",
        verbose_name=_("member"),
        help_text=_("For which company the person comes."),
    )
    name = models.CharField(_("name"), max_length=40, blank=True)
    phone = models.CharField(_("mobile number"), max_length=20, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State)
    signed_up_at = models.DateTimeField(_("signed up"))
    answer_by = models.DateTimeField(_("to answer by"), null=True, blank=True)
    ended_at = models.DateTimeField(_("cancelled or lapsed"), null=True, blank=True)
    checked_in_at = models.DateTimeField(_("came"), null=True, blank=True)
    token = models.CharField(max_length=24, unique=True, default=new_token, editable=False)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["signed_up_at", "pk"]
        indexes = [
            models.Index(fields=["activity", "state", "signed_up_at"], name="sign_up_queue"),
            models.Index(fields=["answer_by"], name="sign_up_unanswered", condition=Q(state="offered")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "phone"],
                condition=~Q(phone="") & Q(state__in=["going", "offered", "waiting"]),
                name="sign_up_once_a_phone",
            ),
            models.UniqueConstraint(
                fields=["activity", "user"],
                condition=Q(user__isnull=False, state__in=["going", "offered", "waiting"]),
                name="sign_up_once_a_person",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", answer_by__isnull=False)
                | (~Q(state="offered") & Q(answer_by=None)),
                name="sign_up_offer_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(checked_in_at=None) | Q(state="going"), name="sign_up_came_with_a_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.pk} → {self.activity_id}"

    def get_absolute_url(self) -> str:
        """Return the address of the person's own page; whoever has it may cancel."""
        return reverse("association:sign-up", args=[self.token])
