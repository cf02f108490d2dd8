"""What was sent and what was not, for whoever looks after the site: looked at, never edited."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from notices.models import Notice


class _SentPolicy(ModelPermissionPolicy):
    """A notice is what happened."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's rights for viewing only."""
        return action == "view" and bool(super().user_has_permission(user, action))


register_permission_policy(Notice, _SentPolicy(Notice))


class NoticeViewSet(ModelViewSet):
    """Notices in the settings menu."""

    model = Notice
    name = "notices"
    icon = "mail"
    menu_label = _("Notices")
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    exclude_form_fields: list[str] = []
    list_display = ["kind", "channel", "address", "state", "created_at"]
    list_filter = ["state", "channel", "kind"]
    search_fields = ["address", "kind", "error"]
    search_backend_name = None


@hooks.register("register_admin_viewset")
def notices() -> NoticeViewSet:
    """Register the list."""
    return NoticeViewSet()
