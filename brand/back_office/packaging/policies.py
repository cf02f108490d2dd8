"""What nobody does by a plain form with things of the store."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class NeverDeletedPolicy(ModelPermissionPolicy):
    """Items and quotas are part of the ledger: they end, they are not deleted."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles, but never for deleting."""
        return action != "delete" and bool(super().user_has_permission(user, action))
