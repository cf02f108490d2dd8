"""The enrolment: one trainee in one course."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EnrolmentQuerySet(models.QuerySet):
    """Enrolments by what they hold."""

    def holding(self) -> Self:
        """Return those that hold a place of the course."""
        return self.filter(state__in=Enrolment.HOLDING)

    def waiting(self) -> Self:
        """Return those that wait for a place, in their order."""
        return self.filter(state=Enrolment.State.WAITING).order_by("enrolled_at", "pk")


class Enrolment(models.Model):
    """A trainee in a course. Leaving keeps the row and what was learnt; coming back takes it up again."""

    class State(models.TextChoices):
        """Where the trainee stands."""

        WAITING = "waiting", pgettext_lazy("enrolment", "waiting")
        LEARNING = "learning", pgettext_lazy("enrolment", "learning")
        COMPLETED = "completed", pgettext_lazy("enrolment", "completed")
        LEFT = "left", pgettext_lazy("enrolment", "left")

    HOLDING = (State.LEARNING, State.COMPLETED)

    trainee = models.ForeignKey(
        "training.Trainee", models.CASCADE, related_name="enrolments", verbose_name=_("trainee")
    )
    course = models.ForeignKey(
        "training.CoursePage", models.PROTECT, related_name="enrolments", verbose_name=_("course")
    )
    state = models.CharField(
        pgettext_lazy("enrolment", "state"), max_length=12, choices=State, default=State.LEARNING
    )
    enrolled_at = models.DateTimeField(_("enrolled"))
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    left_at = models.DateTimeField(pgettext_lazy("enrolment", "left"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["-enrolled_at", "-pk"]
        indexes = [
            models.Index(fields=["course", "state", "enrolled_at"], name="enrolment_of_course"),
            models.Index(fields=["enrolled_at"], name="enrolment_by_time"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["trainee", "course"], name="enrolment_once"),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(state__in=["completed", "left"]),
                name="enrolment_completed_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainee} · {self.course}"
