"""The terms for VI files in the back office: drafted, published for good, and who accepted them."""

from typing import Any

from django import forms
from django.db.models import Count, QuerySet
from django.forms.models import BaseModelForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from brand.acts.models import acts_on
from brand.acts.words import said
from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.policies import LookedAtPolicy
from brand.back_office.tables import ListView
from brand.models import VIAcceptance, VIAgreement
from brand.vi.accepting import AlreadyPublished, publish_agreement
from brand.vi.writing_terms import DraftExists, draft_agreement, revise_agreement

_SHOWN = 100  # acceptances on the page of a version; the list has all


class TermsPolicy(ModelPermissionPolicy):
    """Versions are written and published, never taken away."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles for everything but deleting."""
        return action != "delete" and bool(super().user_has_permission(user, action))


register_permission_policy(VIAgreement, TermsPolicy(VIAgreement))
register_permission_policy(VIAcceptance, LookedAtPolicy(VIAcceptance))


class Publish(forms.Form):
    """Asks for nothing more."""


class TermsDesk(ActDesk):
    """One version: its text, publishing it, who accepted it."""

    template = "brand/admin/vi/terms.html"
    may_look, may_act = "brand.view_viagreement", "brand.change_viagreement"
    refusals = (AlreadyPublished,)
    acts = {
        "publish": Act(
            Publish,
            gettext_lazy("Publish"),
            gettext_lazy(
                "From then on everybody is asked to accept this version before the next download. "
                "It cannot be changed any more."
            ),
            gettext_lazy("Publish this version"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the version."""
        self.terms = get_object_or_404(VIAgreement.objects.select_related("region"), pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("brand-vi-terms:desk", args=[self.terms.pk])

    def possible(self) -> list[str]:
        """Return what the state allows."""
        return [] if self.terms.published_at else ["publish"]

    def first(self) -> str:
        """Return the one act there is."""
        return "publish"

    def publish(self, form: Publish) -> str:
        """Publish."""
        publish_agreement(self.terms, by=self.by, at=self.now)
        return _("Version %(number)s is in force.") % {"number": self.terms.number}

    def context(self) -> dict[str, Any]:
        """Return the version with its acceptances and trail."""
        accepted = self.terms.acceptances.select_related("member", "user")
        return {
            "terms": self.terms,
            "accepted": accepted[:_SHOWN],
            "accepted_count": accepted.count(),
            "edit_url": reverse("brand-vi-terms:edit", args=[self.terms.pk]),
            "history": said(acts_on(self.terms)),
            "breadcrumbs_items": [
                {"url": reverse("brand-vi-terms:index"), "label": gettext_lazy("Terms for VI files")},
                {"url": "", "label": str(self.terms)},
            ],
            "header_title": gettext_lazy("Terms for VI files"),
            "page_title": gettext_lazy("Terms for VI files"),
            "page_subtitle": str(self.terms),
            "header_icon": "doc-full",
        }


class ListTerms(ListView):
    """Lists versions; each leads to its page."""

    def get_base_queryset(self) -> QuerySet[VIAgreement]:
        """Read what a row shows along."""
        rows: QuerySet[VIAgreement] = super().get_base_queryset()
        return rows.select_related("region").annotate(people=Count("acceptances"))

    def get_edit_url(self, instance: VIAgreement) -> str:
        """Lead to the page of the version."""
        return reverse("brand-vi-terms:desk", args=[instance.pk])


class TermsForm(WagtailAdminModelForm):
    """The county of a version that was begun stays."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk and "region" in self.fields:
            self.fields["region"].disabled = True


class DraftTerms(CreateView):
    """Begins a county's next version, with the words of the last one."""

    def form_valid(self, form: BaseModelForm) -> HttpResponse:
        """Make the one call that begins it; a refusal keeps what was typed."""
        try:
            terms = draft_agreement(**_written(form), region=form.cleaned_data["region"])
        except DraftExists as error:
            form.add_error("region", str(error))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
        messages.success(self.request, _("The draft is kept. Read it through, then publish it."))
        return HttpResponseRedirect(reverse("brand-vi-terms:desk", args=[terms.pk]))


class ReviseTerms(EditView):
    """Changes a draft; a version that is out leads to its page."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep published versions from being edited."""
        terms = self.get_object()
        if terms.published_at:
            return HttpResponseRedirect(reverse("brand-vi-terms:desk", args=[terms.pk]))
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def form_valid(self, form: BaseModelForm) -> HttpResponse:
        """Make the one call that changes it; a refusal keeps what was typed."""
        try:
            revise_agreement(self.object, **_written(form))
        except AlreadyPublished as error:
            form.add_error(None, str(error))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
        messages.success(self.request, _("The draft is kept. Read it through, then publish it."))
        return HttpResponseRedirect(reverse("brand-vi-terms:desk", args=[self.object.pk]))


def _written(form: BaseModelForm) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("title", "text", "changes")}


class TermsViewSet(ModelViewSet):
    """Terms for VI files, by version."""

    model = VIAgreement
    name = "brand-vi-terms"
    icon = "doc-full"
    menu_label = gettext_lazy("Terms for VI files")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListTerms
    add_view_class = DraftTerms
    edit_view_class = ReviseTerms
    list_display = [
        "title",
        "region",
        "number",
        "published_at",
        Column("people", label=gettext_lazy("people who accepted"), accessor="people"),
    ]
    list_filter = ["region"]
    search_fields = ["title", "text"]
    search_backend_name = None
    ordering = ["region", "-number"]
    panels = [
        FieldRowPanel([FieldPanel("region"), FieldPanel("title")]),
        FieldPanel("text", widget=forms.Textarea({"rows": 18})),
        FieldPanel("changes", widget=forms.Textarea({"rows": 3})),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=TermsForm).bind_to_model(self.model)

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of a version and its act."""
        view = TermsDesk.as_view()
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", view, name="desk"),
            path("<int:pk>/<slug:act>/", view, name="act"),
        ]


class ListAcceptances(ListView):
    """Lists who accepted."""

    along = ("agreement__region", "member", "user")


class AcceptanceViewSet(ModelViewSet):
    """Who accepted which version, for which member, when."""

    model = VIAcceptance
    name = "brand-vi-acceptances"
    icon = "check"
    menu_label = gettext_lazy("Acceptances")
    index_view_class = ListAcceptances
    copy_view_enabled = False
    add_to_reference_index = False
    exclude_form_fields: list[str] = []
    list_display = ["member", "user", "agreement", "at"]
    list_filter = {"agreement__region": ["exact"], "agreement": ["exact"], "at": ["gte", "lte"]}
    list_export = [
        "at",
        "member",
        "user",
        "agreement.region",
        "agreement.title",
        "agreement.number",
    ]
    export_filename = "vi-acceptances"
    search_fields = ["member__name"]
    search_backend_name = None
    ordering = ["-at"]
