"""The application: somebody in the pool answers a job post with their profile."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JobApplicationQuerySet(models.QuerySet):
    """Applications as they are listed."""

    def live_first(self) -> Self:
        """Return first what somebody can still do something about, each part newest first."""
        is_live = models.Case(models.When(state__in=JobApplication.LIVE, then=0), default=1)
        return self.order_by(is_live, "-applied_at", "-pk")


class JobApplication(models.Model):
    """A trainee applies. By that the member of the post reads name and number while both are in the pool."""

    class State(models.TextChoices):
        """Where it stands."""

        SENT = "sent", pgettext_lazy("job application", "sent")
        WANTED = "wanted", pgettext_lazy("job application", "the member wants to talk")
        DECLINED = "declined", pgettext_lazy("job application", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("job application", "taken back")
        CLOSED = "closed", pgettext_lazy("job application", "closed")

    LIVE = (State.SENT, State.WANTED)

    job = models.ForeignKey(
        "training.JobPost", models.CASCADE, related_name="applications", verbose_name=_("job")
    )
    trainee = models.ForeignKey(
        "training.Trainee", models.CASCADE, related_name="job_applications", verbose_name=_("trainee")
    )
    called = models.CharField(_("shown as"), max_length=40, blank=True)
    words = models.TextField(_("a word to the member"), max_length=500, blank=True)
    state = models.CharField(
        pgettext_lazy("job application", "state"), max_length=10, choices=State, default=State.SENT
    )
    applied_at = models.DateTimeField(pgettext_lazy("job application", "sent"))
    answered_at = models.DateTimeField(pgettext_lazy("job application", "answered"), null=True, blank=True)
    answer = models.CharField(pgettext_lazy("job application", "answer"), max_length=200, blank=True)

    objects = JobApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("job application")
        verbose_name_plural = _("job applications")
        ordering = ["-applied_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "trainee"],
                condition=Q(state__in=["sent", "wanted"]),
                name="one_live_application_for_a_job",
            )
        ]

    def __str__(self) -> str:
        return f"{self.called} → {self.job}"
