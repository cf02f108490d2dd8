"""The log of VI downloads in the back office: looked at, filtered, taken along as a table."""

from typing import Any

from django.db.models import QuerySet
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.models import InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.back_office.policies import LookedAtPolicy
from brand.back_office.tables import ListView
from brand.models import VIDownload

register_permission_policy(VIDownload, LookedAtPolicy(VIDownload))


def _page_of(line: VIDownload) -> str:
    return reverse("brand-vi-downloads:inspect", args=[line.pk])


class ListDownloads(ListView):
    """Lists downloads, newest first."""

    def get_base_queryset(self) -> QuerySet[VIDownload]:
        """Read what a row shows along."""
        rows: QuerySet[VIDownload] = super().get_base_queryset()
        return rows.select_related("region", "member", "user", "licence", "agreement")


class ShowDownload(InspectView):
    """Shows one download with every file of it."""

    def get_contents_display_value(self) -> Any:
        """Return a line for each file: asset, version, name."""
        return linebreaksbr(self.object.contents_in_words)


class DownloadViewSet(ModelViewSet):
    """What was taken from the VI library."""

    model = VIDownload
    name = "brand-vi-downloads"
    icon = "download"
    menu_label = _("Downloads")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListDownloads
    inspect_view_class = ShowDownload
    inspect_view_enabled = True
    inspect_view_fields = [
        "contents",
        "user",
        "member",
        "licence",
        "agreement",
        "state",
        "reason",
        "size",
        "bytes_sent",
        "answers",
        "begun_at",
        "ended_at",
    ]
    exclude_form_fields: list[str] = []
    list_display = [
        DateColumn("begun_at", label=_("begun")),
        TitleColumn("label", label=_("file"), get_url=_page_of),
        "member",
        Column("user", label=_("person"), accessor="user"),
        "licence",
        "state",
        "bytes_sent",
        "size",
    ]
    list_filter = {
        "region": ["exact"],
        "state": ["exact"],
        "member": ["exact"],
        "is_zip": ["exact"],
        "begun_at": ["gte", "lte"],
    }
    list_export = [
        "begun_at",
        "ended_at",
        "region",
        "member",
        "user",
        "licence",
        "agreement",
        "label",
        "contents_in_words",
        "is_zip",
        "state",
        "reason",
        "size",
        "bytes_sent",
        "answers",
    ]
    export_headings = {"contents_in_words": _("contents")}
    export_filename = "vi-downloads"
    list_per_page = 50
    search_fields = ["label", "member__name", "licence__number"]
    search_backend_name = None
    ordering = ["-begun_at"]
