"""The page of an inspection: record the visit, add photos, raise findings, call it off."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from brand.acts.models import acts_on
from brand.acts.words import said
from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.inspection_forms import FindingForm, PhotosForm, ReasonForm, VisitForm
from brand.inspections.planning import call_off
from brand.inspections.raising import raise_finding
from brand.inspections.refusals import InspectionRefused
from brand.inspections.visiting import add_photos, points_for, record_visit
from brand.members.interests import ConflictOfInterest
from brand.models import Inspection, InspectionPhoto


class InspectionDesk(ActDesk):
    """Everything that is done with one inspection."""

    template = "brand/admin/supervision/inspection.html"
    may_look, may_act = "brand.view_inspection", "brand.change_inspection"
    refusals = (InspectionRefused, ConflictOfInterest)
    acts = {
        "visit": Act(
            VisitForm,
            gettext_lazy("Record the visit"),
            gettext_lazy("What was looked at and what was seen. It cannot be changed afterwards."),
            gettext_lazy("Keep the record"),
        ),
        "found": Act(
            FindingForm,
            gettext_lazy("Raise a finding"),
            gettext_lazy("The member is told at once, answers on the desk and sends proof."),
            gettext_lazy("Raise the finding"),
        ),
        "photos": Act(
            PhotosForm,
            gettext_lazy("Add photos"),
            gettext_lazy("Only officers see them, and the member those of a finding."),
            gettext_lazy("Add the photos"),
        ),
        "call_off": Act(
            ReasonForm,
            gettext_lazy("Call it off"),
            gettext_lazy("Nobody goes. The number stays used."),
            gettext_lazy("Call the inspection off"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the inspection."""
        rows = Inspection.objects.select_related("licence__member", "licence__region")
        self.inspection = get_object_or_404(rows, pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("brand-inspections:desk", args=[self.inspection.pk])

    def possible(self) -> list[str]:
        """Return what the state allows."""
        state = Inspection.State
        acts = {state.PLANNED: ["visit", "photos", "call_off"], state.DONE: ["found", "photos"]}
        return acts.get(state(self.inspection.state), [])

    def first(self) -> str:
        """Return the record while there is none."""
        return "visit"

    def form_options(self, act: str) -> dict[str, Any]:
        """Give the forms their checklist, their findings, today."""
        if act == "visit":
            today = {"done_on": timezone.localdate()}
            return {"points": points_for(self.inspection), "initial": today}
        return {"inspection": self.inspection} if act == "photos" else {}

    def visit(self, form: VisitForm) -> str:
        """Record the visit."""
        facts = {name: form.cleaned_data[name] for name in ("done_on", "summary")}
        checks = list(form.checks())
        record_visit(inspection=self.inspection, checks=checks, **facts, by=self.by, at=self.now)
        return _("The visit is recorded. Was something wrong? Raise a finding for each thing.")

    def found(self, form: FindingForm) -> str:
        """Raise a finding."""
        finding = raise_finding(inspection=self.inspection, **form.cleaned_data, by=self.by, at=self.now)
        return _("Finding %(name)s is raised and the member is told.") % {"name": finding.name}

    def photos(self, form: PhotosForm) -> str:
        """Add photos."""
        facts = {"caption": form.cleaned_data["caption"], "finding": form.cleaned_data["finding"]}
        pictures = form.cleaned_data["photos"]
        count = add_photos(inspection=self.inspection, pictures=pictures, **facts, by=self.by, at=self.now)
        return ngettext("%(count)d photo added.", "%(count)d photos added.", count) % {"count": count}

    def call_off(self, form: ReasonForm) -> str:
        """Call it off."""
        reason = form.cleaned_data["reason"]
        call_off(inspection=self.inspection, reason=reason, by=self.by, at=self.now)
        return _("The inspection is called off.")

    def context(self) -> dict[str, Any]:
        """Return the inspection with its findings, photos and trail."""
        inspection = self.inspection
        answers = {"yes": _("in order"), "no": _("not in order"), "skipped": _("not looked at")}
        return {
            "inspection": inspection,
            "licence": inspection.licence,
            "checks": [{**check, "answer": answers[check["held"]]} for check in inspection.checks],
            "findings": inspection.findings.select_related("inspection").order_by("number"),
            "photos": inspection.photos.select_related("finding__inspection"),
            "today": timezone.localdate(),
            "history": said(acts_on(inspection)),
            "breadcrumbs_items": [
                {"url": reverse("brand-inspections:index"), "label": gettext_lazy("Inspections")},
                {"url": "", "label": inspection.number},
            ],
            "header_title": gettext_lazy("Inspection"),
            "page_title": gettext_lazy("Inspection"),
            "page_subtitle": f"{inspection.number} · {inspection.licence.member}",
            "header_icon": "search",
        }


@require_safe
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """Show a photo of an inspection to who may see inspections, and to nobody else."""
    if not request.user.has_perm("brand.view_inspection"):
        raise PermissionDenied
    found = get_object_or_404(InspectionPhoto, pk=pk)
    response = FileResponse(found.file.open(), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
