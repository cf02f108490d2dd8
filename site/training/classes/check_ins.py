"""The check-in: one person at one meeting, how it was told, and what is doubtful about it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Doubt(models.TextChoices):
    """Why somebody has to look at a check-in before it counts."""

    SAME_PHONE = "same_phone", _("somebody else checked in with the same phone")
    NO_PHONE = "no_phone", _("the phone did not say which one it is")
    LATE = "late", _("sent in long after the code was shown")
    CLOCK = "clock", _("the phone's clock says another time than the code")
    TWO_PLACES = "two_places", _("checked in to another class at the same time")
    ELSEWHERE = "elsewhere", _("sent from somewhere else than the others")


class CheckInQuerySet(models.QuerySet):
    """Check-ins by what they are worth."""

    def counting(self) -> Self:
        """Return those that count as having been there."""
        return self.filter(standing=CheckIn.Standing.COUNTS)

    def doubtful(self) -> Self:
        """Return those somebody has to look at."""
        return self.filter(standing=CheckIn.Standing.ASKED)


class CheckIn(models.Model):
    """A person was at a meeting. Who it was is said by the sign-up, and for good by the trainee."""

    class Way(models.TextChoices):
        """How it was told."""

        CODE = "code", pgettext_lazy("check-in", "code at the door")
        KEPT = "kept", pgettext_lazy("check-in", "code, sent in later")
        HAND = "hand", pgettext_lazy("check-in", "by the teacher")

    class Standing(models.TextChoices):
        """Whether it counts."""

        COUNTS = "counts", pgettext_lazy("check-in", "counts")
        ASKED = "asked", pgettext_lazy("check-in", "to be looked at")
        STRUCK = "struck", pgettext_lazy("check-in", "struck out")

    meeting = models.ForeignKey(
        "training.Meeting",
        models.PROTECT,
        related_name="check_ins",
        verbose_name=pgettext_lazy("class", "meeting"),
    )
    sign_up = models.ForeignKey(
        "brand.SignUp", models.PROTECT, related_name="check_ins", verbose_name=_("sign-up")
    )
    trainee = models.ForeignKey(
        "training.Trainee",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="check_ins",
        verbose_name=_("trainee"),
    )
    at = models.DateTimeField(_("when"), help_text=_("When the code was shown, or the teacher ticked."))
    received_at = models.DateTimeField(_("arrived here"))
    way = models.CharField(_("how"), max_length=8, choices=Way)
    device = models.CharField(max_length=64, blank=True, editable=False)
    place = models.CharField(_("from where"), max_length=60, blank=True)
    doubts = models.JSONField(_("doubts"), default=list, blank=True)
    standing = models.CharField(
        pgettext_lazy("check-in", "standing"), max_length=8, choices=Standing, default=Standing.COUNTS
    )
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("looked at by"),
    )
    judged_at = models.DateTimeField(_("looked at"), null=True, blank=True)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["meeting", "device"], name="check_in_of_phone"),
            models.Index(fields=["trainee", "standing"], name="check_in_of_trainee"),
        ]
        constraints = [models.UniqueConstraint(fields=["meeting", "sign_up"], name="check_in_once_a_person")]

    def __str__(self) -> str:
        return f"{self.sign_up_id} → {self.meeting_id}"

    @property
    def doubts_said(self) -> list[str]:
        """The doubts in words."""
        return [str(Doubt(doubt).label) for doubt in self.doubts]
