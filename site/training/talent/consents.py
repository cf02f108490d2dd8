"""The consent to stand in the talent pool: its own, with the words agreed to, until when, how it ended."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TalentConsentQuerySet(models.QuerySet):
    """Consents by whether they hold."""

    def standing(self) -> Self:
        """Return those that were neither withdrawn nor replaced and did not run out."""
        return self.filter(ended_at=None)


class TalentConsent(models.Model):
    """That a trainee agreed to be shown to members: separate, informed, withdrawable (PIPL 14, 15, 23).

    `text` is what was read, word for word. The row outlives the profile as the proof of what was agreed and
    when it ended; it goes with the account.
    """

    class Ended(models.TextChoices):
        """How a consent came to its end."""

        WITHDRAWN = "withdrawn", pgettext_lazy("consent", "withdrawn")
        RAN_OUT = "ran_out", pgettext_lazy("consent", "ran out")
        RENEWED = "renewed", pgettext_lazy("consent", "given anew")
        TAKEN_OUT = "taken_out", pgettext_lazy("consent", "taken out by the office")

    trainee = models.ForeignKey(
        "training.Trainee", models.CASCADE, related_name="talent_consents", verbose_name=_("trainee")
    )
    version = models.CharField(_("version of the text"), max_length=12)
    text = models.TextField(_("the text agreed to"))
    given_at = models.DateTimeField(pgettext_lazy("consent", "given"))
    until = models.DateTimeField(_("asked again by"))
    ended_at = models.DateTimeField(pgettext_lazy("consent", "ended"), null=True, blank=True)
    ended = models.CharField(
        pgettext_lazy("consent", "how it ended"), max_length=12, choices=Ended, blank=True
    )
    ended_why = models.CharField(pgettext_lazy("consent", "why"), max_length=200, blank=True)

    objects = TalentConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent to the talent pool")
        verbose_name_plural = _("consents to the talent pool")
        ordering = ["-given_at", "-pk"]
        indexes = [models.Index(fields=["until"], name="talent_consent_runs_out", condition=Q(ended_at=None))]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee"], condition=Q(ended_at=None), name="one_standing_talent_consent"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended="") | (Q(ended_at__isnull=False) & ~Q(ended="")),
                name="ended_talent_consent_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(ended="taken_out") | ~Q(ended_why=""), name="taken_out_talent_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainee} · {self.version}"

    def holds(self, *, at: datetime) -> bool:
        """Tell whether it was not ended and its day has not come; nothing is shown by one that does not."""
        return self.ended_at is None and self.until > at
