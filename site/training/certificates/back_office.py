"""Certificates in the back office: listed, read with their trail, corrected, revoked; who signs them."""

from typing import Any, ClassVar

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.acts.models import acts_on
from brand.acts.words import said
from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.tables import ListView
from record.back_office.policies import IssuedPolicy
from training.certificates.certificate import Certificate
from training.certificates.issuing import NotValid, correct_name, revoke
from training.certificates.terms import CertificateTerms

register_permission_policy(Certificate, IssuedPolicy(Certificate))


class CorrectForm(forms.Form):
    """The right name, and why."""

    name = forms.CharField(label=pgettext_lazy("person", "name"), max_length=40)
    why = forms.CharField(label=gettext_lazy("what was wrong"), max_length=200)


class RevokeForm(forms.Form):
    """The reason, which the public page says."""

    why = forms.CharField(
        label=gettext_lazy("reason"),
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Stands on the public page and goes to the holder."),
    )


class CertificateDesk(ActDesk):
    """What an officer does with one certificate."""

    template = "training/admin/certificate.html"
    may_look, may_act = "training.view_certificate", "training.change_certificate"
    refusals = (NotValid,)
    acts = {
        "correct": Act(
            CorrectForm,
            gettext_lazy("Put the name right"),
            gettext_lazy("A new certificate is issued; the page of this one says that it was replaced."),
            gettext_lazy("Issue the corrected one"),
        ),
        "revoke": Act(
            RevokeForm,
            gettext_lazy("Revoke it"),
            gettext_lazy("For good: the holder gets no second one for this course."),
            gettext_lazy("Revoke the certificate"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the certificate with its holder."""
        rows = Certificate.objects.select_related("enrolment__trainee", "region", "replaced_by", "issued_by")
        self.certificate = get_object_or_404(rows, pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("training-certificates:desk", args=[self.certificate.pk])

    def possible(self) -> list[str]:
        """Return what can be done while it holds."""
        return ["correct", "revoke"] if self.certificate.is_valid else []

    def form_options(self, act: str) -> dict[str, Any]:
        """Begin with the name as it stands."""
        return {"initial": {"name": self.certificate.words["name"]}} if act == "correct" else {}

    def correct(self, form: forms.Form) -> str:
        """Issue one with the right name."""
        new = correct_name(certificate=self.certificate, **form.cleaned_data, by=self.by, at=self.now)
        return _("%(number)s was issued in its place.") % {"number": new.number}

    def revoke(self, form: forms.Form) -> str:
        """Revoke it."""
        revoke(certificate=self.certificate, why=form.cleaned_data["why"], by=self.by, at=self.now)
        return _("It does not hold any more; the holder was told.")

    def context(self) -> dict[str, Any]:
        """Return the certificate with its trail."""
        certificate = self.certificate
        return {
            "certificate": certificate,
            "history": said(acts_on(certificate)),
            "breadcrumbs_items": [
                {
                    "url": reverse("training-certificates:index"),
                    "label": pgettext_lazy("training", "Certificates"),
                },
                {"url": "", "label": certificate.number},
            ],
            "header_title": certificate.number,
            "page_title": certificate.number,
            "page_subtitle": certificate.get_state_display(),
            "header_icon": "doc-full",
        }


class ListCertificates(ListView):
    """Lists certificates, newest first."""

    along = ("enrolment__trainee", "enrolment__course", "region")

    def get_edit_url(self, instance: Certificate) -> str:
        """Lead to the desk of the certificate."""
        return reverse("training-certificates:desk", args=[instance.pk])


class CertificateViewSet(ModelViewSet):
    """What was issued."""

    model = Certificate
    name = "training-certificates"
    url_prefix = "training/certificates"
    icon = "doc-full"
    menu_label = pgettext_lazy("training", "Certificates")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListCertificates
    exclude_form_fields: ClassVar[list[str]] = []
    list_display: ClassVar[list[str]] = ["__str__", "enrolment", "state", "issued_at", "region"]
    list_filter: ClassVar[dict[str, list[str]]] = {
        "state": ["exact"],
        "region": ["exact"],
        "issued_at": ["gte", "lte"],
    }
    list_export: ClassVar[list[str]] = [
        "number", "enrolment.trainee.name", "enrolment.course.title", "state", "issued_at", "ended_at",
        "ended_why", "region",
    ]  # fmt: skip
    export_filename = "certificates"
    search_fields: ClassVar[list[str]] = ["number", "enrolment__trainee__name", "enrolment__course__title"]
    search_backend_name = None
    ordering: ClassVar[list[str]] = ["-issued_at"]

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the desk."""
        desk = CertificateDesk.as_view()
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", desk, name="desk"),
            path("<int:pk>/<slug:act>/", desk, name="act"),
        ]


class CertificateTermsViewSet(ModelViewSet):
    """Who signs in which county."""

    model = CertificateTerms
    name = "training-certificate-terms"
    url_prefix = "training/certificate-terms"
    icon = "edit"
    menu_label = gettext_lazy("Who signs certificates")
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields: ClassVar[list[str]] = ["region", "signed_by", "about"]
    list_display: ClassVar[list[str]] = ["region", "signed_by"]
