"""What those in a course say to each other, and what others report of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ContributionQuerySet(models.QuerySet):
    """Contributions by what became of them."""

    def shown(self) -> Self:
        """Return those everybody in the course reads."""
        return self.filter(state=Contribution.State.SHOWN)


class Contribution(models.Model):
    """A piece of the discussion of a course, or a reply to one."""

    LONGEST = 1000

    class State(models.TextChoices):
        """Who reads it."""

        WAITING = "waiting", pgettext_lazy("contribution", "waits to be looked at")
        SHOWN = "shown", pgettext_lazy("contribution", "shown")
        HIDDEN = "hidden", pgettext_lazy("contribution", "taken down")

    course = models.ForeignKey(
        "training.CoursePage", models.CASCADE, related_name="contributions", verbose_name=_("course")
    )
    trainee = models.ForeignKey(
        "training.Trainee",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("trainee"),
    )
    reply_to = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies", verbose_name=_("reply to")
    )
    text = models.TextField(pgettext_lazy("contribution", "text"), max_length=LONGEST)
    written_at = models.DateTimeField(_("written"))
    state = models.CharField(
        pgettext_lazy("contribution", "state"), max_length=8, choices=State, default=State.WAITING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    why = models.CharField(
        _("why it was taken down"), max_length=200, blank=True, help_text=_("Read by who wrote it.")
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution to a discussion")
        verbose_name_plural = _("contributions to discussions")
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(fields=["course", "state", "-written_at"], name="discussion_of_course"),
            models.Index(fields=["written_at"], name="discussion_waiting", condition=Q(state="waiting")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="hidden") | Q(decided_at__isnull=False),
                name="contribution_taken_down_by_whom",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Report(models.Model):
    """Somebody in the course finds that a contribution should not stand there; once a person."""

    contribution = models.ForeignKey(
        Contribution, models.CASCADE, related_name="reports", verbose_name=_("contribution")
    )
    trainee = models.ForeignKey(
        "training.Trainee", models.CASCADE, related_name="+", verbose_name=_("trainee")
    )
    why = models.CharField(_("what is wrong with it"), max_length=200)
    reported_at = models.DateTimeField(_("reported"))
    settled_at = models.DateTimeField(_("looked at"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("of a contribution", "report")
        verbose_name_plural = pgettext_lazy("of contributions", "reports")
        ordering = ["reported_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "trainee"], name="discussion_reported_once")
        ]

    def __str__(self) -> str:
        return self.why
