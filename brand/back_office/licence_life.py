"""The page of a licence that was given: its state, what is drawn under it, inspections, the three acts."""

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from brand.acts.models import acts_on
from brand.acts.words import said
from brand.addresses import licence_page
from brand.back_office.act_desk import Act, ActDesk
from brand.inspections.findings import Finding
from brand.licences import acts
from brand.members.interests import ConflictOfInterest
from brand.models import Licence, LicenceProduct

_REASON_HELP = gettext_lazy("Everybody who checks the licence reads this. Name what happened, not persons.")


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("reason"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_REASON_HELP,
    )


class SuspendForm(ReasonForm):
    """Why, and which finding led to it."""

    finding = forms.ModelChoiceField(
        label=gettext_lazy("because of the finding"), queryset=Finding.objects.none(), required=False
    )

    def __init__(self, *args: Any, licence: Licence, **options: Any) -> None:
        super().__init__(*args, **options)
        open_ones = Finding.objects.filter(inspection__licence=licence).exclude(state=Finding.State.CLOSED)
        self.fields["finding"].queryset = open_ones.select_related("inspection")  # type: ignore[attr-defined]


class LicenceLife(ActDesk):
    """Suspends, reinstates and revokes; each at once in force wherever the licence gives a right."""

    template = "brand/admin/supervision/licence.html"
    may_look, may_act = "brand.view_licence", "brand.change_licence"
    refusals = (acts.LicenceActRefused, ConflictOfInterest)
    acts = {
        "suspend": Act(
            SuspendForm,
            gettext_lazy("Suspend"),
            gettext_lazy("No codes, VI files or packaging from this moment on; the public page says so."),
            gettext_lazy("Suspend the licence"),
            serious=True,
        ),
        "reinstate": Act(
            ReasonForm,
            gettext_lazy("Reinstate"),
            gettext_lazy("The right is back from this moment on. The dates stay as they were."),
            gettext_lazy("Reinstate the licence"),
        ),
        "revoke": Act(
            ReasonForm,
            pgettext_lazy("licence", "Revoke"),
            gettext_lazy("For good. It is then in the public list of revoked licences."),
            gettext_lazy("Revoke the licence"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the licence."""
        licences = Licence.objects.select_related("member", "region")
        self.licence = get_object_or_404(licences, pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("brand-licence-life:desk", args=[self.licence.pk])

    def possible(self) -> list[str]:
        """Return what the state allows."""
        verbs = {acts.SUSPENDED: "suspend", acts.REINSTATED: "reinstate", acts.REVOKED: "revoke"}
        return [verbs[verb] for verb in acts.possible_acts(self.licence)]

    def form_options(self, act: str) -> dict[str, Any]:
        """Give the form its findings."""
        return {"licence": self.licence} if act == "suspend" else {}

    def suspend(self, form: SuspendForm) -> str:
        """Suspend."""
        finding = form.cleaned_data["finding"]
        self._do(acts.suspend_licence, form, finding=finding)
        return _("The licence is suspended everywhere.")

    def reinstate(self, form: ReasonForm) -> str:
        """Reinstate."""
        self._do(acts.reinstate_licence, form)
        return _("The licence is in force again.")

    def revoke(self, form: ReasonForm) -> str:
        """Revoke."""
        self._do(acts.revoke_licence, form)
        return _("The licence is revoked.")

    def _do(self, act: Any, form: ReasonForm, **facts: Any) -> None:
        act(licence=self.licence, reason=form.cleaned_data["reason"], by=self.by, at=self.now, **facts)

    def context(self) -> dict[str, Any]:
        """Return the licence, its quantities, inspections and trail."""
        licence = self.licence
        is_open = ~Q(findings__state=Finding.State.CLOSED) & Q(findings__isnull=False)
        return {
            "licence": licence,
            "public_url": licence_page(licence),
            "in_force": licence.is_valid(on=timezone.localdate()),
            "covers": LicenceProduct.objects.filter(licence=licence).select_related("product"),
            "inspections": licence.inspections.annotate(open_findings=Count("findings", filter=is_open)),
            "history": said(acts_on(licence)),
            "breadcrumbs_items": [
                {"url": reverse("brand-licence-life:index"), "label": gettext_lazy("What is due")},
                {"url": "", "label": licence.number},
            ],
            "header_title": gettext_lazy("Licence"),
            "page_title": gettext_lazy("Licence"),
            "page_subtitle": f"{licence.number} · {licence.member}",
            "header_icon": "key",
        }
