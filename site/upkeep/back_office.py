"""The maintenance record in the back office: what programs entered, and what people add by hand."""

from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from upkeep.models import UpkeepEntry

Kind = UpkeepEntry.Kind
BY_HAND = (Kind.UPDATE, Kind.REPAIR, Kind.INSPECTION, Kind.OTHER)


def _readable_size(entry: UpkeepEntry) -> str:
    """Return the size as people say it; nothing was kept by what has none."""
    return filesizeformat(entry.size) if entry.size else ""


SIZE = Column("size", label=_("Size of the backup"), accessor=_readable_size, sort_key="size")


class KeptRecordPolicy(ModelPermissionPolicy):
    """Entries are added and looked at. What is wrong is put right by a further entry."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles for adding and viewing only."""
        return action in {"add", "view"} and bool(super().user_has_permission(user, action))


register_permission_policy(UpkeepEntry, KeptRecordPolicy(UpkeepEntry))


class EntryForm(WagtailAdminModelForm):
    """What somebody did by hand."""

    kind = forms.ChoiceField(label=_("kind"), choices=[(kind.value, kind.label) for kind in BY_HAND])
    finished_at = UpkeepEntry._meta.get_field("finished_at").formfield(required=True)

    class Meta:
        model = UpkeepEntry
        fields = ("kind", "started_at", "finished_at", "what", "outcome")


class ListEntries(IndexView):
    """Lists the record."""

    def get_base_queryset(self) -> Any:
        """Read the user along."""
        return super().get_base_queryset().select_related("by")


class AddEntry(CreateView):
    """Adds an entry in the name of who enters it."""

    def save_instance(self) -> UpkeepEntry:
        """Sign it."""
        self.form.instance.by = self.request.user
        return super().save_instance()


class UpkeepViewSet(ModelViewSet):
    """维护及数据备份记录."""

    model = UpkeepEntry
    name = "upkeep"
    icon = "history"
    menu_label = _("Maintenance record")
    menu_order = 880
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    index_view_class = ListEntries
    add_view_class = AddEntry
    search_backend_name = None
    search_fields = ["what", "outcome"]
    list_display = ["what", "kind", "state", "started_at", "finished_at", SIZE, "by"]
    list_filter = ["kind", "state", "started_at"]
    list_export = [
        "kind",
        "state",
        "started_at",
        "finished_at",
        "what",
        "outcome",
        "place",
        "size",
        "rows",
        "files",
        "by",
    ]
    export_filename = "maintenance"
    ordering = ["-started_at", "-id"]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """Use our form."""
        return EntryForm
