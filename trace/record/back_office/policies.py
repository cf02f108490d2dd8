"""What nobody may do in the back office, whatever their role."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class AppendOnlyPolicy(ModelPermissionPolicy):
    """Events are added and looked at. A correction is a further event."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles for adding and viewing only."""
        return action in {"add", "view"} and bool(super().user_has_permission(user, action))


class IssuedPolicy(ModelPermissionPolicy):
    """Codes come from issuing and change by named acts; a form neither adds, edits nor deletes one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles for viewing only."""
        return action == "view" and bool(super().user_has_permission(user, action))
