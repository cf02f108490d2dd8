"""What nobody does by a plain form in the back office, whatever their role."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class LookedAtPolicy(ModelPermissionPolicy):
    """Listed and looked at; it changes by named acts with pages of their own."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles for viewing only."""
        return action == "view" and bool(super().user_has_permission(user, action))
