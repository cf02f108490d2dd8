"""What nobody does by a plain form in the back office, whatever their role."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class LookedAtPolicy(ModelPermissionPolicy):
    """Listed and looked at; it changes by named acts with pages of their own."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles for viewing only."""
        return action == "view" and bool(super().user_has_permission(user, action))


class NeverDeletedPolicy(ModelPermissionPolicy):
    """Made and changed by forms; nothing is deleted, for what people did with it names it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles for everything but deleting."""
        return action != "delete" and bool(super().user_has_permission(user, action))
