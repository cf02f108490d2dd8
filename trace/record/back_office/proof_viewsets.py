"""Proof in the back office: digests that were published, documents of partners, names that were erased."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from record.back_office import erasure_views
from record.back_office.policies import IssuedPolicy
from record.models import CaptureJob, ChainDigest, NameErasure

for _model in (CaptureJob, ChainDigest, NameErasure):
    register_permission_policy(_model, IssuedPolicy(_model))


class DigestViewSet(ModelViewSet):
    """Daily digests: each links to the file everybody may keep."""

    model = ChainDigest
    name = "record-digests"
    icon = "lock"
    menu_label = _("Daily digests")
    copy_view_enabled = False
    add_to_reference_index = False
    exclude_form_fields: list[str] = []
    search_backend_name = None
    ordering = ["-date"]
    list_display = [
        TitleColumn(
            "date",
            label=_("day"),
            get_url=lambda digest: reverse("trace-digest", args=[f"{digest.date:%Y-%m-%d}"]),
        ),
        Column("batches", label=_("batches")),
        Column("events", label=_("events")),
        Column("sha256", label="SHA-256"),
    ]


class CaptureViewSet(ModelViewSet):
    """Documents that partners handed in over EPCIS, and what became of them."""

    model = CaptureJob
    name = "record-captures"
    icon = "download"
    menu_label = _("Events of partners")
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    exclude_form_fields: list[str] = []
    search_backend_name = None
    ordering = ["-created_at"]
    list_display = ["created_at", "member", "program", "received", "recorded", "known"]
    list_filter = ["member"]


class ErasureViewSet(ModelViewSet):
    """Names that were erased from events: when, by whom, on what grounds."""

    model = NameErasure
    name = "record-erasures"
    icon = "user"
    menu_label = _("Erased names")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = erasure_views.ListErasures
    exclude_form_fields: list[str] = []
    search_backend_name = None
    ordering = ["-at"]
    list_display = ["event", "at", "by", "reason"]

    def get_urlpatterns(self) -> list[Any]:
        """Add the act."""
        return [*super().get_urlpatterns(), path("erase/", erasure_views.erase, name="erase")]
