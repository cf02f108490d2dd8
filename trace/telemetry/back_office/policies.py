"""What nobody may do in the back office, whatever their role."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class KeptPolicy(ModelPermissionPolicy):
    """A device is never deleted: its readings are part of the record. It is taken out of use."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles, but never for deleting."""
        return action != "delete" and bool(super().user_has_permission(user, action))


class ReadOnlyPolicy(ModelPermissionPolicy):
    """What came from outside is looked at, not edited."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles for viewing only."""
        return action == "view" and bool(super().user_has_permission(user, action))
