"""One post of a member, in the back office: read, approved, sent back."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from brand.acts.models import acts_on
from brand.acts.words import said
from brand.back_office.act_desk import Act, ActDesk
from brand.members.interests import ConflictOfInterest
from training.counties import counties_of
from training.models import JobPost
from training.talent.desk.forms import PlainForm, WhyForm
from training.talent.desk.talents import head
from training.talent.posting import approve, send_back
from training.talent.refusals import TalentRefused
from training.talent.standing import why_not

State = JobPost.State


class JobDesk(ActDesk):
    """One post."""

    template = "training/admin/talent/job.html"
    may_look, may_act = "training.view_jobpost", "training.change_jobpost"
    refusals = (TalentRefused, ConflictOfInterest)
    acts = {
        "approve": Act(
            PlainForm,
            pgettext_lazy("job post", "Make it public"),
            gettext_lazy("Everybody reads it until its day; trainees of the pool can apply."),
            pgettext_lazy("job post", "Make it public"),
        ),
        "send_back": Act(
            WhyForm,
            pgettext_lazy("job post", "Send it back"),
            gettext_lazy("The member reads why, and may change it."),
            pgettext_lazy("job post", "Send it back"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the post with its member."""
        here = JobPost.objects.filter(region__in=counties_of(self.request.user))
        rows = here.select_related("member__region", "region", "posted_by")
        self.job = get_object_or_404(rows, pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("training-jobs:desk", args=[self.job.pk])

    def first(self) -> str:
        """Open the approval where the post waits."""
        return "approve" if self.job.state == State.SENT else ""

    def possible(self) -> list[str]:
        """Return what its state allows."""
        return {State.SENT: ["approve", "send_back"], State.APPROVED: ["send_back"]}.get(
            State(self.job.state), []
        )

    def approve(self, form: forms.Form) -> str:
        """Show it to everybody."""
        approve(job=self.job, by=self.by, at=self.now)
        return _("Everybody reads it now.")

    def send_back(self, form: forms.Form) -> str:
        """Send it back."""
        send_back(job=self.job, why=form.cleaned_data["why"], by=self.by, at=self.now)
        return _("The member reads why, and may change it.")

    def context(self) -> dict[str, Any]:
        """Return the post with its trail."""
        job, now = self.job, timezone.now()
        return {
            "job": job,
            "is_over": job.is_over(on=timezone.localdate(now)),
            "why_not": why_not(job.member, at=now),
            "history": said(acts_on(job)),
            **head(_("Job posts"), "training-jobs:index", job.title),
        }
