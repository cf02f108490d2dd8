"""What the back office lists of codes beside the codes themselves: print runs, cartons, company prefixes."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from record.back_office import carton_views, run_views
from record.back_office.carton_views import CartonDesk
from record.back_office.policies import AppendOnlyPolicy
from record.back_office.run_desk import RunDesk
from record.models import Carton, CompanyPrefix, PrintRun
from telemetry.back_office.policies import KeptPolicy

register_permission_policy(PrintRun, AppendOnlyPolicy(PrintRun))
register_permission_policy(Carton, AppendOnlyPolicy(Carton))
register_permission_policy(CompanyPrefix, KeptPolicy(CompanyPrefix))


def _desk(viewset: str, thing: PrintRun | Carton) -> str:
    return reverse(f"{viewset}:desk", args=[thing.pk])


class PrintRunViewSet(ModelViewSet):
    """Print runs: made, then everything is done on the page of each."""

    model = PrintRun
    name = "record-runs"
    icon = "list-ol"
    menu_label = _("Print runs")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = run_views.ListRuns
    add_view_class = run_views.MakeRun
    list_display = [
        TitleColumn(
            "number", label=_("print run"), accessor="number", get_url=lambda run: _desk("record-runs", run)
        ),
        "product",
        "batch",
        "quantity",
        DateColumn("printed", label=_("printed")),
        "made_at",
        "made_by",
    ]
    list_filter = {"product": ["exact"], "pins": ["exact"]}
    search_fields = ["note"]
    search_backend_name = None
    ordering = ["-id"]

    def get_form_class(self, for_update: bool = False) -> type[run_views.RunForm]:
        """Use our form."""
        return run_views.RunForm

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of a run and its acts."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", RunDesk.as_view(), name="desk"),
            path("<int:pk>/<slug:act>/", RunDesk.as_view(), name="act"),
        ]


class CartonViewSet(ModelViewSet):
    """Cartons: made by the dozen, then everything is done on the page of each."""

    model = Carton
    name = "record-cartons"
    icon = "folder"
    menu_label = _("Cartons")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = carton_views.ListCartons
    list_display = [
        TitleColumn(
            "sscc", label="SSCC", accessor="__str__", get_url=lambda carton: _desk("record-cartons", carton)
        ),
        Column("product", label=_("product"), accessor="batch.product"),
        "batch",
        Column("packed", label=_("in it"), accessor="packed"),
        "capacity",
        "made_at",
    ]
    list_filter = {"batch__product": ["exact"]}
    search_fields = ["sscc"]
    search_backend_name = None
    exclude_form_fields: list[str] = []
    ordering = ["-id"]

    def get_urlpatterns(self) -> list[Any]:
        """Make cartons by our form, and add the page of a carton and its acts."""
        return [
            path("new/", carton_views.make, name="add"),
            *(url for url in super().get_urlpatterns() if url.name != "add"),
            path("labels.pdf", carton_views.labels, name="labels"),
            path("<int:pk>/", CartonDesk.as_view(), name="desk"),
            path("<int:pk>/<slug:act>/", CartonDesk.as_view(), name="act"),
        ]


class CompanyPrefixViewSet(ModelViewSet):
    """GS1 company prefixes that cartons are numbered with."""

    model = CompanyPrefix
    name = "record-prefixes"
    icon = "order"
    menu_label = _("GS1 company prefixes")
    copy_view_enabled = False
    list_display = ["prefix", "member", "next_reference"]
    search_fields = ["prefix", "member__name"]
    search_backend_name = None
    panels = [FieldPanel("prefix"), FieldPanel("member")]
