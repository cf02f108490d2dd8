"""What the back office lists of papers: certifications and their kinds, 合格证, residue tests, enquiries."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from record.back_office import certification_views
from record.back_office.certification_views import CertificationForm
from record.back_office.policies import IssuedPolicy
from record.models import Certification, CertificationKind, ConformityCertificate, ResidueTest, SmsEnquiry

for _model in (ConformityCertificate, ResidueTest, SmsEnquiry):
    register_permission_policy(_model, IssuedPolicy(_model))


class ListPapers(IndexView):
    """Lists papers of batches; the columns of their table have names."""

    export_headings: ClassVar[dict[str, Any]] = {
        "batch.product.gtin": _("GTIN"),
        "batch.lot": _("lot number"),
        "get_basis_display": _("basis of the promise"),
        "get_method_display": _("method"),
    }

    def get_base_queryset(self) -> Any:
        """Read batch and product along."""
        return super().get_base_queryset().select_related("batch__product")


class CertificationViewSet(ModelViewSet):
    """Certifications of products."""

    model = Certification
    name = "record-certifications"
    icon = "success"
    menu_label = _("Certifications")
    copy_view_enabled = False
    add_view_class = certification_views.CreateCertification
    edit_view_class = certification_views.EditCertification
    delete_view_class = certification_views.DeleteCertification
    list_display = ["kind", "product", "number", "valid_to"]
    list_filter = {"product": ["exact"], "kind": ["exact"], "valid_to": ["gte", "lte"]}
    list_export = ["kind", "product", "number", "issuer", "valid_from", "valid_to"]
    export_filename = "certifications"
    search_fields = ["kind__name", "number", "product__name"]
    search_backend_name = None
    panels = [
        FieldPanel("product"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("number"), FieldPanel("issuer")]),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        FieldPanel("document"),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        handler = super().get_edit_handler()
        handler.base_form_class = CertificationForm
        return handler.bind_to_model(self.model)


class CertificationKindViewSet(ModelViewSet):
    """The kinds a certification can be of."""

    model = CertificationKind
    name = "record-certification-kinds"
    icon = "list-ul"
    menu_label = _("Kinds of certification")
    copy_view_enabled = False
    list_display = ["name", "expires", "place"]
    search_fields = ["name"]
    search_backend_name = None
    form_fields = ["name", "expires", "place"]


class ConformityCertificateViewSet(ModelViewSet):
    """Every 合格证 ever issued: listed, looked at, exported."""

    model = ConformityCertificate
    name = "record-conformity"
    index_view_class = ListPapers
    icon = "doc-full"
    menu_label = _("Conformity certificates")
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    exclude_form_fields: list[str] = []
    list_display = ["number", "product_name", "batch", "quantity", "issued_on", "withdrawn_at"]
    list_filter = {
        "batch__product__region": ["exact"],
        "issued_on": ["gte", "lte"],
        "withdrawn_at": ["isnull"],
        "basis": ["exact"],
    }
    list_export = [
        "number",
        "batch.product.gtin",
        "batch.lot",
        "promises",
        "get_basis_display",
        "product_name",
        "quantity",
        "origin",
        "issued_on",
        "promised_by",
        "contact",
        "withdrawn_at",
        "withdrawal_reason",
    ]
    export_filename = "conformity-certificates"
    search_fields = ["number", "product_name", "batch__lot", "promised_by"]
    search_backend_name = None
    ordering = ["-issued_on", "-id"]


class ResidueTestViewSet(ModelViewSet):
    """Residue tests: listed, looked at, exported."""

    model = ResidueTest
    name = "record-residues"
    index_view_class = ListPapers
    icon = "list-ul"
    menu_label = _("Residue tests")
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    exclude_form_fields: list[str] = []
    list_display = ["number", "batch", "inhibition", "tested_at", "tested_by"]
    list_filter = {"batch__product": ["exact"], "tested_at": ["gte", "lte"], "inhibition": ["gte", "lte"]}
    list_export = [
        "number",
        "batch.product.gtin",
        "batch.lot",
        "sample",
        "get_method_display",
        "inhibition",
        "standard",
        "tested_at",
        "tested_by",
    ]
    export_filename = "residue-tests"
    search_fields = ["number", "batch__lot", "sample", "tested_by"]
    search_backend_name = None
    ordering = ["-tested_at", "-id"]


class SmsEnquiryViewSet(ModelViewSet):
    """What was asked by SMS and what we answered."""

    model = SmsEnquiry
    name = "record-sms"
    icon = "comment"
    menu_label = _("SMS enquiries")
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields_exclude = ["sender"]
    add_to_reference_index = False
    exclude_form_fields: list[str] = []
    list_display = ["received_at", "serial", "verdict", "answer"]
    list_filter = {"received_at": ["gte", "lte"], "verdict": ["exact"]}
    search_fields = ["serial"]
    search_backend_name = None
    ordering = ["-received_at", "-id"]
