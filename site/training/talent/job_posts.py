"""The job post of a member: written by them, approved by the office, public until its day."""

from datetime import date
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from training.talent.profiles import MOST_PAY
from training.talent.works import Hours, Work


class JobPostQuerySet(models.QuerySet):
    """Posts by what the public sees."""

    def running(self, *, on: date) -> Self:
        """Return what the office approved and what has not passed its day."""
        return self.filter(state=JobPost.State.APPROVED, until__gte=on)


class JobPost(models.Model):
    """A member looks for people. Pay is in yuan a month; none means: to be talked about."""

    class State(models.TextChoices):
        """Where it stands; past its day it is over, whatever stands here."""

        SENT = "sent", pgettext_lazy("job post", "waits for the office")
        APPROVED = "approved", pgettext_lazy("job post", "public")
        REFUSED = "refused", pgettext_lazy("job post", "sent back")
        CLOSED = "closed", pgettext_lazy("job post", "closed")

    region = models.ForeignKey("brand.Region", models.PROTECT, related_name="+", verbose_name=_("county"))
    member = models.ForeignKey(
        "brand.Member", models.CASCADE, related_name="job_posts", verbose_name=_("member")
    )
    title = models.CharField(_("title"), max_length=40)
    work = models.CharField(_("work"), max_length=16, choices=Work)
    hours = models.CharField(pgettext_lazy("work", "how much"), max_length=8, choices=Hours)
    place = models.CharField(_("place"), max_length=60)
    people = models.PositiveSmallIntegerField(
        _("how many people"), default=1, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    pay_from = models.PositiveIntegerField(
        _("pay from"), null=True, blank=True, validators=[MaxValueValidator(MOST_PAY)]
    )
    pay_to = models.PositiveIntegerField(
        _("pay to"), null=True, blank=True, validators=[MaxValueValidator(MOST_PAY)]
    )
    text = models.TextField(
        _("what is to be done"),
        max_length=2000,
        help_text=_("The work, the hours, board and lodging, insurance; what somebody has to know already."),
    )
    until = models.DateField(_("open until"))
    state = models.CharField(
        pgettext_lazy("job post", "state"), max_length=10, choices=State, default=State.SENT
    )
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    posted_at = models.DateTimeField(pgettext_lazy("job post", "sent in"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    refused_why = models.CharField(_("why it was sent back"), max_length=200, blank=True)

    objects = JobPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("job post")
        verbose_name_plural = _("job posts")
        ordering = ["-posted_at", "-pk"]
        indexes = [
            models.Index(fields=["region", "state", "until"], name="jobs_of_county"),
            models.Index(fields=["member", "-posted_at"], name="jobs_of_member"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(pay_from=None) | Q(pay_to=None) | Q(pay_to__gte=F("pay_from")),
                name="job_pay_in_order",
                violation_error_message=_("The upper end of the pay is below the lower one."),
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refused_why=""), name="refused_job_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its public page."""
        return reverse("training:job", args=[self.pk])

    def is_over(self, *, on: date) -> bool:
        """Tell whether its last day has passed."""
        return self.until < on
