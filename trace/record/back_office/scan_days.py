"""Scans as figures in the back office: a chart, tables, and the days behind them to export."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from record.analytics.figures import figures
from record.back_office.policies import IssuedPolicy
from record.models import ScanDay

register_permission_policy(ScanDay, IssuedPolicy(ScanDay))


class ListScanDays(IndexView):
    """Lists days under their sums; both follow the filters."""

    results_template_name = "record/admin/scan_days_results.html"

    def get_base_queryset(self) -> QuerySet[ScanDay]:
        """Read products along."""
        days: QuerySet[ScanDay] = super().get_base_queryset()
        return days.select_related("product")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the sums of everything the filters let through, not of one page of it."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "figures": figures(self.filter_queryset(self.get_base_queryset()))}


class ScanDayViewSet(ModelViewSet):
    """Scans by day, province and product."""

    model = ScanDay
    name = "record-scans"
    icon = "view"
    menu_label = _("Scans by day")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListScanDays
    exclude_form_fields: list[str] = []
    list_display = ["day", "product", "province", "first", "repeat", "other"]
    list_filter = {
        "day": ["gte", "lte"],
        "product__region": ["exact"],
        "product": ["exact"],
        "province": ["exact"],
    }
    list_export = [
        "day",
        "product",
        "product.gtin",
        "product.region.name",
        "province",
        "first",
        "repeat",
        "other",
    ]
    export_filename = "scans"
    list_per_page = 50
    search_fields = ["province", "product__name"]
    search_backend_name = None
    ordering = ["-day", "product", "province"]
