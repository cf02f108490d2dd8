"""Supervision in the back office: inspections, findings, the checklist of each county."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Count, QuerySet
from django.forms.models import BaseModelForm
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from brand.back_office import finding_desk, inspection_desk
from brand.back_office.dues import LicenceLifeViewSet
from brand.back_office.inspection_forms import PlanForm
from brand.back_office.policies import LookedAtPolicy
from brand.back_office.tables import ListView
from brand.inspections.planning import plan_inspection
from brand.inspections.refusals import InspectionRefused
from brand.members.interests import ConflictOfInterest
from brand.models import Finding, Inspection, InspectionPoint


class PlannedPolicy(ModelPermissionPolicy):
    """Inspections are planned and looked at; what happens to one is done on its page."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles for adding and viewing only."""
        return action in {"add", "view"} and bool(super().user_has_permission(user, action))


register_permission_policy(Inspection, PlannedPolicy(Inspection))
register_permission_policy(Finding, LookedAtPolicy(Finding))


class ListInspections(ListView):
    """Lists inspections; each leads to its page."""

    export_headings: ClassVar[dict[str, Any]] = {"found": _("findings"), "licence.number": _("licence")}

    def get_base_queryset(self) -> QuerySet[Inspection]:
        """Read what a row shows along."""
        rows: QuerySet[Inspection] = super().get_base_queryset()
        return rows.select_related("licence__member").annotate(found=Count("findings"))

    def get_edit_url(self, instance: Inspection) -> str:
        """Lead to the page everything is done on."""
        return reverse("brand-inspections:desk", args=[instance.pk])


class ListPoints(ListView):
    """Lists what is looked at on every visit."""

    along = ("region",)


class PlanInspection(CreateView):
    """Plans an inspection and leads to its page."""

    def get_form_class(self) -> type[BaseModelForm]:
        """Use our form, which is none of a model."""
        return PlanForm  # type: ignore[return-value]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Leave out what only forms of a model take."""
        taken = {"initial", "prefix", "data", "files"}
        return {name: value for name, value in super().get_form_kwargs().items() if name in taken}

    def get_initial(self) -> dict[str, Any]:
        """Start with the licence whose page led here."""
        return {**super().get_initial(), "licence": self.request.GET.get("licence")}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Make the one call that plans it; a refusal changes nothing."""
        try:
            self.object = plan_inspection(**form.cleaned_data, by=self.request.user, at=timezone.now())
        except (InspectionRefused, ConflictOfInterest) as error:
            form.add_error(None, str(error))
            self.form = form
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
        url = reverse("brand-inspections:desk", args=[self.object.pk])
        messages.success(self.request, _("The inspection is planned."))
        return HttpResponseRedirect(url)


class InspectionViewSet(ModelViewSet):
    """Inspections: planned, then everything is done on the page of each."""

    model = Inspection
    name = "brand-inspections"
    icon = "search"
    menu_label = _("Inspections")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListInspections
    add_view_class = PlanInspection
    exclude_form_fields: list[str] = []
    create_template_name = "brand/admin/supervision/plan.html"
    list_display = [
        "number",
        "state",
        Column("member", label=_("member"), accessor="licence.member.name"),
        Column("licence", label=_("licence"), accessor="licence.number"),
        "kind",
        "planned_on",
        "inspectors",
        Column("found", label=_("findings"), accessor="found"),
    ]
    list_export = [
        "number", "state", "kind", "licence.member", "licence.number", "planned_on", "done_on",
        "place", "inspectors", "summary", "found",
    ]  # fmt: skip
    export_filename = "inspections"
    list_filter = {
        "state": ["exact"],
        "kind": ["exact"],
        "licence__region": ["exact"],
        "planned_on": ["gte", "lte"],
    }
    search_fields = ["number", "licence__number", "licence__member__name", "inspectors"]
    search_backend_name = None
    ordering = ["-planned_on", "-pk"]

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of an inspection, its acts and photos."""
        view = inspection_desk.InspectionDesk.as_view()
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", view, name="desk"),
            path("<int:pk>/<slug:act>/", view, name="act"),
            path("photos/<int:pk>.jpg", inspection_desk.photo, name="photo"),
        ]


class ListFindings(ListView):
    """Lists findings, what is due first on top; each leads to its page."""

    export_headings: ClassVar[dict[str, Any]] = {"inspection.number": _("inspection")}

    def get_base_queryset(self) -> QuerySet[Finding]:
        """Read what a row shows along."""
        rows: QuerySet[Finding] = super().get_base_queryset()
        return rows.select_related("inspection__licence__member")


class FindingViewSet(ModelViewSet):
    """Findings: raised on the page of an inspection, settled on their own."""

    model = Finding
    name = "brand-findings"
    icon = "warning"
    menu_label = _("Findings")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListFindings
    exclude_form_fields: list[str] = []
    list_display = [
        TitleColumn(
            "name",
            label=_("finding"),
            accessor="name",
            get_url=lambda finding: reverse("brand-findings:desk", args=[finding.pk]),
        ),
        Column("member", label=_("member"), accessor="inspection.licence.member.name"),
        "weight",
        "state",
        DateColumn("due_on", label=_("until")),
    ]
    list_export = [
        "inspection.number", "number", "inspection.licence.member", "weight", "wrong", "demand",
        "due_on", "state", "closed_at",
    ]  # fmt: skip
    export_filename = "findings"
    list_filter = {"state": ["exact"], "weight": ["exact"], "due_on": ["gte", "lte"]}
    search_fields = ["wrong", "demand", "inspection__number", "inspection__licence__member__name"]
    search_backend_name = None
    ordering = ["due_on", "pk"]

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of a finding, its acts and proofs."""
        view = finding_desk.FindingDesk.as_view()
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", view, name="desk"),
            path("<int:pk>/<slug:act>/", view, name="act"),
            path("proofs/<int:pk>/", finding_desk.proof, name="proof"),
        ]


class InspectionPointViewSet(ModelViewSet):
    """What inspectors look at in each county."""

    model = InspectionPoint
    name = "brand-inspection-points"
    icon = "list-ul"
    menu_label = _("Checklist")
    index_view_class = ListPoints
    copy_view_enabled = False
    list_display = ["text", "region", "position", "in_use"]
    list_filter = ["region", "in_use"]
    search_fields = ["text"]
    search_backend_name = None
    ordering = ["region", "position"]
    panels = [
        FieldPanel("region"),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("position"), FieldPanel("in_use")]),
    ]


class SupervisionViewSetGroup(ModelViewSetGroup):
    """The menu of what happens to licences after they were given."""

    menu_label = _("Supervision")
    menu_icon = "search"
    menu_order = 223
    items = (LicenceLifeViewSet, InspectionViewSet, FindingViewSet, InspectionPointViewSet)
