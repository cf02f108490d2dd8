"""What the back office keeps for entry in the field: inputs, templates, duties, and imports."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from record.back_office import import_views
from record.back_office.policies import IssuedPolicy
from record.models import EventImport, EventTemplate, StageDuty, Substance

register_permission_policy(EventImport, IssuedPolicy(EventImport))


class SubstanceViewSet(ModelViewSet):
    """The register of inputs."""

    model = Substance
    name = "record-inputs"
    icon = "list-ul"
    menu_label = _("Register of inputs")
    copy_view_enabled = False
    list_display = ["name", "kind", "crop", "registration", "safety_days", "is_active"]
    list_filter = ["kind", "crop", "is_active"]
    list_export = ["name", "kind", "crop", "registration", "safety_days", "unit", "maker", "is_active"]
    export_filename = "inputs"
    search_fields = ["name", "registration", "maker"]
    search_backend_name = None
    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("name")]),
        FieldRowPanel([FieldPanel("registration"), FieldPanel("safety_days")]),
        FieldPanel("crop"),
        FieldRowPanel([FieldPanel("unit"), FieldPanel("maker")]),
        FieldPanel("is_active"),
    ]


class EventTemplateViewSet(ModelViewSet):
    """Templates of events, per product and stage."""

    model = EventTemplate
    name = "record-templates"
    icon = "copy"
    menu_label = _("Event templates")
    list_display = ["title", "product", "stage", "step", "position", "is_active"]
    list_filter = ["product", "stage", "is_active"]
    search_fields = ["title", "product__name"]
    search_backend_name = None
    panels = [
        FieldPanel("product"),
        FieldRowPanel([FieldPanel("stage"), FieldPanel("step")]),
        FieldPanel("title"),
        FieldPanel("inputs"),
        FieldPanel("outputs"),
        FieldPanel("note"),
        FieldRowPanel([FieldPanel("position"), FieldPanel("is_active")]),
    ]


class StageDutyViewSet(ModelViewSet):
    """Who must be named in which stage."""

    model = StageDuty
    name = "record-duties"
    icon = "user"
    menu_label = _("Duties of stages")
    copy_view_enabled = False
    list_display = ["stage", "needs_responsible", "needs_witness"]
    panels = [FieldPanel("stage"), FieldPanel("needs_responsible"), FieldPanel("needs_witness")]


class EventImportViewSet(ModelViewSet):
    """Spreadsheets that were sent in. They are kept; a form neither changes nor deletes one."""

    model = EventImport
    name = "record-imports"
    icon = "upload"
    menu_label = _("Imports of events")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = import_views.ListImports
    list_display = ["name", "uploaded_at", "uploaded_by", "recorded_at"]
    search_fields = ["name"]
    search_backend_name = None
    exclude_form_fields: list[str] = []

    def get_urlpatterns(self) -> list[Any]:
        """Add uploading, the report and what can be done from it."""
        return [
            *super().get_urlpatterns(),
            path("upload/", import_views.upload, name="upload"),
            path("empty.xlsx", import_views.empty_table, name="empty"),
            path("report/<int:pk>/", import_views.report, name="report"),
            path("record/<int:pk>/", import_views.record, name="record"),
            path("check/<int:pk>/", import_views.check, name="check"),
            path("open/<int:pk>.xlsx", import_views.open_lines, name="open"),
            path("file/<int:pk>/", import_views.original, name="file"),
        ]
