"""What the back office lists and edits of the record."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from record.back_office import batch_views, bulk_views, code_views, desk, event_views, paper_desk, recalls
from record.back_office.batch_form import BatchForm
from record.back_office.event_form import CorrectionForm, EventForm
from record.back_office.panels import NextSteps
from record.back_office.policies import AppendOnlyPolicy, IssuedPolicy
from record.models import Batch, Code, Event
from telemetry.back_office.policies import KeptPolicy

register_permission_policy(Batch, KeptPolicy(Batch))
register_permission_policy(Event, AppendOnlyPolicy(Event))
register_permission_policy(Code, IssuedPolicy(Code))


class BatchViewSet(ModelViewSet):
    """Batches with their papers, and the desk of each."""

    model = Batch
    name = "record-batches"
    icon = "clipboard-list"
    menu_label = _("Batches")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = batch_views.ListBatches
    add_view_class = batch_views.CreateBatch
    edit_view_class = batch_views.EditBatch
    list_display = ["lot", "product", "base", "planted_on", "harvested_on", "recalled_at"]
    list_filter = {"product__region": ["exact"], "product": ["exact"], "base": ["exact"]}
    search_fields = ["lot", "product__name", "product__gtin", "base__name"]
    search_backend_name = None
    panels = [
        NextSteps(),
        MultiFieldPanel(
            [
                FieldPanel("product"),
                FieldRowPanel([FieldPanel("base"), FieldPanel("plot")]),
                FieldPanel("lot"),
            ],
            heading=_("Batch"),
        ),
        FieldRowPanel([FieldPanel("planted_on"), FieldPanel("harvested_on")], heading=_("Dates")),
        FieldRowPanel([FieldPanel("quantity"), FieldPanel("unit")], heading=_("Quantity")),
        InlinePanel("sources", panels=[FieldPanel("source")], heading=_("Made from")),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=BatchForm).bind_to_model(self.model)

    def get_urlpatterns(self) -> list[Any]:
        """Add the desk and its acts."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/desk/", desk.desk, name="desk"),
            path("<int:pk>/issue/", desk.issue, name="issue"),
            path("<int:pk>/activate/", desk.activate, name="activate"),
            path("<int:pk>/recall/", recalls.plan, name="recall"),
            path("<int:pk>/labels.<str:kind>", desk.labels, name="labels"),
            *paper_desk.urlpatterns,
        ]


class EventViewSet(ModelViewSet):
    """Events: added, looked at, corrected by a further one."""

    model = Event
    name = "record-events"
    icon = "history"
    menu_label = _("Events")
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    index_view_class = event_views.ListEvents
    add_view_class = event_views.RecordEvent
    inspect_view_class = event_views.InspectEvent
    inspect_view_fields_exclude = ["id", "salt", "people_digest", "submission"]
    list_display = ["title", "corrects", "batch", "stage", "at", "actor", "recorded_at"]
    list_filter = {"stage": ["exact"], "batch__product": ["exact"], "at": ["gte", "lte"]}
    search_fields = ["title", "batch__lot", "batch__product__name", "actor", "place"]
    search_backend_name = None
    ordering = ["-recorded_at", "-id"]

    def get_form_class(self, for_update: bool = False) -> type[EventForm]:
        """Use our form."""
        return EventForm

    def get_urlpatterns(self) -> list[Any]:
        """Add the correction, and say at the addresses to edit and to delete why the policy closes them."""
        options = {**self.get_add_view_kwargs(), "form_class": CorrectionForm}
        correct = self.construct_view(event_views.CorrectEvent, **options)
        bulk = {**self.get_add_view_kwargs(), "form_class": bulk_views.WorkForm}
        work = self.construct_view(bulk_views.RecordWork, **bulk)
        index, *further = super().get_urlpatterns()  # Wagtail's menu leads to the first
        return [
            index,
            path("edit/<int:pk>/", event_views.refuse_change),
            path("delete/<int:pk>/", event_views.refuse_change),
            *further,
            path("correct/<int:pk>/", correct, name="correct"),
            path("work/", bulk_views.choose_base, name="choose-base"),
            path("work/<int:base>/", work, name="work"),
        ]


class CodeViewSet(ModelViewSet):
    """Codes: looked at and voided."""

    model = Code
    name = "record-codes"
    icon = "tag"
    menu_label = _("Codes")
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields_exclude = ["id", "first_device", "accepted_devices"]
    add_to_reference_index = False
    index_view_class = code_views.ListCodes
    inspect_view_class = code_views.InspectCode
    exclude_form_fields: list[str] = []
    list_display = ["serial", "product", "batch", "run", "state", "scan_count", "first_scanned_at"]
    list_filter = {"state": ["exact"], "product": ["exact"], "first_scanned_at": ["isnull"]}
    search_fields = ["serial"]
    search_backend_name = None
    ordering = ["-id"]

    def get_urlpatterns(self) -> list[Any]:
        """Add voiding. The policy closes the forms to add, to edit and to delete."""
        return [
            *super().get_urlpatterns(),
            path("void/<int:pk>/", code_views.void, name="void"),
            path("unlock/<int:pk>/", code_views.unlock, name="unlock"),
        ]
