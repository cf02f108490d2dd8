"""The menus of the record, in the order of the work: batch, codes, papers, what happens outside, proof.

What is used daily stands first in each; what is set once stands last.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from record.back_office.alerts import CloneAlertViewSet
from record.back_office.clip_views import ClipViewSet
from record.back_office.code_viewsets import CartonViewSet, CompanyPrefixViewSet, PrintRunViewSet
from record.back_office.consumer_reports import ConsumerReportViewSet
from record.back_office.field_viewsets import (
    EventImportViewSet,
    EventTemplateViewSet,
    StageDutyViewSet,
    SubstanceViewSet,
)
from record.back_office.paper_viewsets import (
    CertificationKindViewSet,
    CertificationViewSet,
    ConformityCertificateViewSet,
    ResidueTestViewSet,
    SmsEnquiryViewSet,
)
from record.back_office.proof_viewsets import CaptureViewSet, DigestViewSet, ErasureViewSet
from record.back_office.recalls import RecallViewSet
from record.back_office.sales_areas import SalesAreaViewSet
from record.back_office.scan_days import ScanDayViewSet
from record.back_office.viewsets import BatchViewSet, CodeViewSet, EventViewSet


class RecordViewSetGroup(ModelViewSetGroup):
    """Batches and what is done to them."""

    menu_label = _("Batches and events")
    menu_icon = "clipboard-list"
    menu_order = 200
    items = (
        BatchViewSet,
        EventViewSet,
        EventImportViewSet,
        ClipViewSet,
        SubstanceViewSet,
        EventTemplateViewSet,
        StageDutyViewSet,
    )


class CodesViewSetGroup(ModelViewSetGroup):
    """Codes, from the printer into the carton."""

    menu_label = _("Codes and cartons")
    menu_icon = "grip"
    menu_order = 202
    items = (PrintRunViewSet, CodeViewSet, CartonViewSet, CompanyPrefixViewSet)


class PapersViewSetGroup(ModelViewSetGroup):
    """Papers of batches, and certifications."""

    menu_label = _("Certificates and tests")
    menu_icon = "success"
    menu_order = 204
    items = (
        ConformityCertificateViewSet,
        ResidueTestViewSet,
        CertificationViewSet,
        CertificationKindViewSet,
    )


class WatchingViewSetGroup(ModelViewSetGroup):
    """Scans and what follows from them."""

    menu_label = _("Scans and recalls")
    menu_icon = "view"
    menu_order = 206
    items = (
        ScanDayViewSet,
        CloneAlertViewSet,
        ConsumerReportViewSet,
        RecallViewSet,
        SmsEnquiryViewSet,
        SalesAreaViewSet,
    )


class ProofViewSetGroup(ModelViewSetGroup):
    """What proves that the record stayed as it was, and what partners add to it."""

    menu_label = _("Proof")
    menu_icon = "lock"
    menu_order = 230
    items = (DigestViewSet, ErasureViewSet, CaptureViewSet)


GROUPS = (
    RecordViewSetGroup,
    CodesViewSetGroup,
    PapersViewSetGroup,
    WatchingViewSetGroup,
    ProofViewSetGroup,
)
