"""What was sent and what was not, for whoever looks after the site: looked at, never edited."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from notices.inbox import inbox, unread_count
from notices.models import Notice

IN_PANEL = 5


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


class Unread(Component):
    """What the person has not read, on the first page."""

    name = "notices"
    order = 20
    template_name = "notices/admin/panel.html"

    def __init__(self, user: Any, unread: int) -> None:
        super().__init__()
        self.user, self.unread = user, unread

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the newest unread ones."""
        return {"unread": self.unread, "notices": inbox(self.user).filter(read_at=None)[:IN_PANEL]}


@hooks.register("construct_homepage_panels")
def unread_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Show what is unread, when something is."""
    unread = unread_count(request.user)
    if unread:
        panels.append(Unread(request.user, unread))


class InboxMenuItem(MenuItem):
    """The way to the person's own messages, with how many are unread."""

    def render_component(self, request: HttpRequest) -> Any:
        """Write the number behind the words. One query on a page of the back office."""
        item = super().render_component(request)
        if unread := unread_count(request.user):
            item.label = f"{self.label} ({unread})"
        return item


@hooks.register("register_admin_menu_item")
def messages_for_you() -> InboxMenuItem:
    """Put it at the top of the menu."""
    return InboxMenuItem(
        _("Messages for you"), reverse("inbox:list"), name="inbox", icon_name="mail", order=60
    )
