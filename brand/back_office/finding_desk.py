"""The page of a finding: what the member answered; close it, ask again, or suspend the licence over it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from brand.acts.models import acts_on
from brand.acts.words import said
from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.inspection_forms import CloseForm, ReturnForm
from brand.back_office.licence_life import ReasonForm
from brand.inspections.proofs import proof_answer
from brand.inspections.refusals import InspectionRefused
from brand.inspections.settling import close_finding, return_finding
from brand.licences.acts import LicenceActRefused, suspend_licence
from brand.members.interests import ConflictOfInterest
from brand.models import Finding, FindingProof, Licence


class FindingDesk(ActDesk):
    """Everything an officer does with one finding."""

    template = "brand/admin/supervision/finding.html"
    may_look, may_act = "brand.view_finding", "brand.change_finding"
    refusals = (InspectionRefused, LicenceActRefused, ConflictOfInterest)
    acts = {
        "close": Act(
            CloseForm,
            gettext_lazy("Close it"),
            gettext_lazy("It is put right. The member is told."),
            gettext_lazy("Close the finding"),
        ),
        "again": Act(
            ReturnForm,
            gettext_lazy("Ask again"),
            gettext_lazy("The answer does not settle it. The member is told what is missing."),
            gettext_lazy("Ask again"),
        ),
        "suspend": Act(
            ReasonForm,
            gettext_lazy("Suspend the licence over it"),
            gettext_lazy("No codes, VI files or packaging from this moment on; the public page says so."),
            gettext_lazy("Suspend the licence"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the finding with its inspection and licence."""
        rows = Finding.objects.select_related("inspection__licence__member", "inspection__licence__region")
        self.finding = get_object_or_404(rows, pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("brand-findings:desk", args=[self.finding.pk])

    def possible(self) -> list[str]:
        """Return what the state of the finding and of the licence allow."""
        state = self.finding.state
        if state == Finding.State.CLOSED:
            return []
        acts = ["close", "again"] if state == Finding.State.ANSWERED else ["close"]
        if self.finding.inspection.licence.state == Licence.State.VALID:
            acts.append("suspend")
        return acts

    def first(self) -> str:
        """Return closing, once there is an answer."""
        return "close" if self.finding.state == Finding.State.ANSWERED else ""

    def close(self, form: forms.Form) -> str:
        """Close it."""
        close_finding(finding=self.finding, note=form.cleaned_data["note"], by=self.by, at=self.now)
        return _("The finding is closed and the member is told.")

    def again(self, form: forms.Form) -> str:
        """Ask again."""
        return_finding(finding=self.finding, **form.cleaned_data, by=self.by, at=self.now)
        return _("The member is asked again.")

    def suspend(self, form: forms.Form) -> str:
        """Suspend the licence over it."""
        licence, reason = self.finding.inspection.licence, form.cleaned_data["reason"]
        suspend_licence(licence=licence, reason=reason, by=self.by, at=self.now, finding=self.finding)
        return _("The licence is suspended everywhere.")

    def context(self) -> dict[str, Any]:
        """Return the finding with its answers, proofs, photos and trail."""
        finding = self.finding
        return {
            "finding": finding,
            "licence": finding.inspection.licence,
            "answers": finding.answers.select_related("by").prefetch_related("proofs"),
            "photos": finding.photos.all(),
            "overdue": finding.is_overdue(on=timezone.localdate()),
            "history": said(acts_on(finding)),
            "breadcrumbs_items": [
                {"url": reverse("brand-findings:index"), "label": gettext_lazy("Findings")},
                {"url": "", "label": finding.name},
            ],
            "header_title": gettext_lazy("Finding"),
            "page_title": gettext_lazy("Finding"),
            "page_subtitle": f"{finding.name} · {finding.inspection.licence.member}",
            "header_icon": "warning",
        }


@require_safe
def proof(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a proof of an answer that was sent, to who may see findings."""
    if not request.user.has_perm("brand.view_finding"):
        raise PermissionDenied
    return proof_answer(get_object_or_404(FindingProof.objects.exclude(answer=None), pk=pk))
