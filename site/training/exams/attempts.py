"""Attempts: one trainee at one paper, with the questions as they were asked and the answers given."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from training.exams.questions import Question


class AttemptQuerySet(models.QuerySet):
    """Attempts by how far they are."""

    def overdue(self, *, at: datetime) -> Self:
        """Return those whose time is up and that nobody handed in."""
        return self.filter(state=Attempt.State.OPEN, deadline__lte=at)

    def told(self) -> Self:
        """Return those whose result the trainee may know."""
        return self.filter(released_at__isnull=False)


class Attempt(models.Model):
    """One attempt. Deadline, pass mark and rules are frozen when it begins."""

    class State(models.TextChoices):
        """How far it is."""

        OPEN = "open", pgettext_lazy("attempt", "open")
        HANDED_IN = "handed_in", pgettext_lazy("attempt", "to be marked")
        SECOND = "second", pgettext_lazy("attempt", "to be marked a second time")
        DONE = "done", pgettext_lazy("attempt", "marked")
        ENDED = "ended", pgettext_lazy("attempt", "ended with the account")

    exam = models.ForeignKey("training.Exam", models.PROTECT, related_name="attempts", verbose_name=_("exam"))
    trainee = models.ForeignKey(
        "training.Trainee", models.CASCADE, related_name="attempts", verbose_name=_("trainee")
    )
    number = models.PositiveSmallIntegerField(pgettext_lazy("attempt", "number"))
    state = models.CharField(
        pgettext_lazy("attempt", "state"), max_length=12, choices=State, default=State.OPEN
    )
    partial = models.BooleanField(_("part of the points"), default=True)
    started_at = models.DateTimeField(_("begun"))
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    by_the_clock = models.BooleanField(_("handed in by the clock"), default=False)
    most = models.DecimalField(_("points to have"), max_digits=6, decimal_places=1)
    pass_mark = models.DecimalField(_("points to pass"), max_digits=6, decimal_places=1)
    score = models.DecimalField(_("points"), max_digits=6, decimal_places=1, null=True, blank=True)
    passed = models.BooleanField(pgettext_lazy("exam", "passed"), null=True, blank=True)
    released_at = models.DateTimeField(_("result told"), null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-started_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "deadline"], name="attempt_by_deadline"),
            models.Index(fields=["exam", "state"], name="attempt_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["exam", "trainee", "number"], name="attempt_numbered_once"),
            models.UniqueConstraint(
                fields=["exam", "trainee"], condition=Q(state="open"), name="attempt_one_is_open"
            ),
            models.CheckConstraint(
                condition=Q(state="open", handed_in_at=None)
                | (~Q(state="open") & Q(handed_in_at__isnull=False)),
                name="attempt_handed_in_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(score__isnull=False, passed__isnull=False),
                name="attempt_marked_has_a_score",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainee} · {self.exam} · {self.number}"

    @property
    def percent(self) -> int | None:
        """The score out of a hundred, rounded down; None before it is marked."""
        return None if self.score is None else int(self.score * 100 / self.most)


class AttemptItem(models.Model):
    """One question of an attempt, as it was asked: order, words and what is right are frozen.

    `options` is a list of [key, text] in the order shown; `right` holds the right keys, or every accepted
    way of writing. `answer` is a list of keys, or of one text. `revision` grows with every answer, so an
    older save that arrives late never overwrites a newer one.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="items", verbose_name=_("attempt"))
    place = models.PositiveSmallIntegerField(pgettext_lazy("exam", "place"))
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="asked", verbose_name=pgettext_lazy("exam", "question")
    )
    edition = models.PositiveIntegerField(_("edition"))
    kind = models.CharField(pgettext_lazy("question", "kind"), max_length=12, choices=Question.Kind)
    text = models.TextField(pgettext_lazy("exam", "question"), max_length=500)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    options = models.JSONField(_("options"), default=list)
    right = models.JSONField(_("right"), default=list)
    explanation = models.TextField(_("explanation"), max_length=500, blank=True)
    points = models.PositiveSmallIntegerField(_("points"))
    answer = models.JSONField(pgettext_lazy("exam", "answer"), default=list)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    earned = models.DecimalField(_("points earned"), max_digits=5, decimal_places=1, null=True, blank=True)
    voided = models.BooleanField(
        _("counts as right for everybody"), default=False, help_text=_("The question was at fault.")
    )

    class Meta:
        verbose_name = _("question of an attempt")
        verbose_name_plural = _("questions of an attempt")
        ordering = ["attempt", "place"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "place"], name="attempt_item_place"),
            models.UniqueConstraint(fields=["attempt", "question"], name="attempt_asks_once"),
            models.CheckConstraint(
                condition=Q(earned=None) | Q(earned__gte=Decimal(0), earned__lte=models.F("points")),
                name="attempt_item_within_its_points",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.text[:40]}"

    @property
    def is_answered(self) -> bool:
        """Tell whether there is an answer."""
        return bool(self.answer)

    @property
    def by_hand(self) -> bool:
        """Tell whether a person marks it."""
        return self.kind in Question.BY_HAND

    @property
    def typed(self) -> str:
        """The answer in words, for questions that are answered by writing."""
        return self.answer[0] if self.answer and self.kind in {"fill_in", "short"} else ""

    def shown(self) -> dict[str, Any]:
        """Return what may leave the server before the attempt is handed in: nothing of what is right."""
        return {"place": self.place, "answer": self.answer, "revision": self.revision}
