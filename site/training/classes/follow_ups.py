"""The follow-up (回访): what became of somebody who came, asked some months later."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FollowUpQuerySet(models.QuerySet):
    """Follow-ups by what is open."""

    def due(self, *, on: date) -> Self:
        """Return those to be asked on that day or before."""
        return self.filter(asked_at=None, due_on__lte=on)

    def reached(self) -> Self:
        """Return those that were answered."""
        return self.filter(asked_at__isnull=False).exclude(outcome=FollowUp.Outcome.UNREACHED)


class FollowUp(models.Model):
    """One person to ask after one class; what they answered, once somebody asked."""

    class Outcome(models.TextChoices):
        """What the person does now (从业情况)."""

        EMPLOYED = "employed", pgettext_lazy("after a class", "found work")
        SHOP = "shop", pgettext_lazy("after a class", "runs a shop of their own")
        STREAMS = "streams", pgettext_lazy("after a class", "sells by live stream")
        FARM = "farm", pgettext_lazy("after a class", "does better on the farm")
        SAME = "same", pgettext_lazy("after a class", "the same as before")
        UNREACHED = "unreached", pgettext_lazy("after a class", "not reached")

    class Way(models.TextChoices):
        """How the person was asked."""

        PHONE = "phone", pgettext_lazy("follow-up", "by phone")
        VISIT = "visit", pgettext_lazy("follow-up", "by a visit")
        MESSAGE = "message", pgettext_lazy("follow-up", "by message")

    class Income(models.TextChoices):
        """What it brings in a month, where the person wants to say."""

        NONE = "none", pgettext_lazy("income", "nothing more")
        TO_1000 = "to_1000", pgettext_lazy("income", "up to ¥1,000 more a month")
        TO_3000 = "to_3000", pgettext_lazy("income", "¥1,000 to ¥3,000 more a month")
        MORE = "more", pgettext_lazy("income", "over ¥3,000 more a month")

    training_class = models.ForeignKey(
        "training.TrainingClass",
        models.PROTECT,
        related_name="follow_ups",
        verbose_name=pgettext_lazy("training", "class"),
    )
    sign_up = models.ForeignKey(
        "brand.SignUp", models.PROTECT, related_name="follow_ups", verbose_name=_("sign-up")
    )
    trainee = models.ForeignKey(
        "training.Trainee",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("trainee"),
    )
    due_on = models.DateField(_("due"))
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    way = models.CharField(_("how"), max_length=8, choices=Way, blank=True)
    outcome = models.CharField(
        pgettext_lazy("after a class", "what became of it"), max_length=12, choices=Outcome, blank=True
    )
    income = models.CharField(_("what it brings"), max_length=8, choices=Income, blank=True)
    words = models.CharField(_("in their words"), max_length=300, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], name="follow_up_open", condition=Q(asked_at=None))]
        constraints = [
            models.UniqueConstraint(fields=["training_class", "sign_up"], name="follow_up_once_a_person"),
            models.CheckConstraint(
                condition=Q(asked_at=None, outcome="") | (Q(asked_at__isnull=False) & ~Q(outcome="")),
                name="follow_up_asked_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sign_up_id} {self.due_on}"


class FollowUpTry(models.Model):
    """A day on which somebody tried to reach the person, and did not. One a day: an hour later is no try."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="tries", verbose_name=_("follow-up"))
    tried_on = models.DateField(pgettext_lazy("follow-up", "tried on"))
    way = models.CharField(_("how"), max_length=8, choices=FollowUp.Way, blank=True)
    tried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("follow-up", "tried by"),
    )

    class Meta:
        verbose_name = pgettext_lazy("follow-up", "try")
        verbose_name_plural = pgettext_lazy("follow-up", "tries")
        ordering = ["tried_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "tried_on"], name="follow_up_tried_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.tried_on}"
