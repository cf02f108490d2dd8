"""One contribution to a discussion, in the back office: shown or taken down."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brand.acts.models import acts_on
from brand.acts.words import said
from brand.back_office.act_desk import Act, ActDesk
from training.discussion.question_desk import head
from training.discussion.refusals import NotSaid
from training.discussion.talking import show, take_down
from training.models import Contribution


class ShowForm(forms.Form):
    """Showing a contribution."""


class TakeDownForm(forms.Form):
    """Why it is taken down."""

    why = forms.CharField(
        label=gettext_lazy("why it was taken down"),
        max_length=200,
        help_text=gettext_lazy("Read by who wrote it."),
    )


class ContributionDesk(ActDesk):
    """One contribution to a discussion."""

    template = "training/admin/contribution.html"
    may_look, may_act = "training.view_contribution", "training.change_contribution"
    refusals = (NotSaid,)
    acts = {
        "show": Act(
            ShowForm,
            gettext_lazy("Show it"),
            gettext_lazy("Everybody in the course reads it; reports against it are settled."),
            gettext_lazy("Show it"),
        ),
        "take_down": Act(
            TakeDownForm,
            gettext_lazy("Take it down"),
            gettext_lazy("Only who wrote it still reads it, with the reason."),
            gettext_lazy("Take it down"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the contribution with who said it."""
        rows = Contribution.objects.select_related("trainee", "course", "reply_to", "decided_by")
        self.contribution = get_object_or_404(rows, pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("training-discussion:desk", args=[self.contribution.pk])

    def possible(self) -> list[str]:
        """Return what its state allows."""
        has_reports = self.contribution.reports.filter(settled_at=None).exists()
        shown = ["show"] if self.contribution.state != Contribution.State.SHOWN or has_reports else []
        return [*shown, *(["take_down"] if self.contribution.state != Contribution.State.HIDDEN else [])]

    def show(self, form: forms.Form) -> str:
        """Let everybody read it."""
        show(contribution=self.contribution, by=self.by, at=self.now)
        return _("Everybody in the course reads it now.")

    def take_down(self, form: forms.Form) -> str:
        """Take it down."""
        take_down(contribution=self.contribution, why=form.cleaned_data["why"], by=self.by, at=self.now)
        return _("It is taken down; who wrote it reads why.")

    def context(self) -> dict[str, Any]:
        """Return the contribution with its reports and trail."""
        contribution = self.contribution
        return {
            "contribution": contribution,
            "reports": contribution.reports.select_related("trainee"),
            "history": said(acts_on(contribution)),
            **head(_("Discussion"), contribution.course.title),
        }
