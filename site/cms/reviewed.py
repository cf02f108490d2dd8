"""Pages that nobody makes go live by a button: they go live when somebody else has approved them.

Wagtail asks `permissions_for_user` wherever a page is published: in the editor, in lists, when it is copied
and in its actions. Taking a post down stays with the right to publish.
"""

from typing import Any

from wagtail.models import PagePermissionTester


class ReviewedPermissions(PagePermissionTester):
    """What a person may do with such a page."""

    def can_publish(self) -> bool:
        """Refuse: see above."""
        return False

    def can_unschedule(self) -> bool:
        """Allow stopping what is to go live to who may publish."""
        return bool(super().can_publish())

    def can_set_view_restrictions(self) -> bool:
        """Allow deciding who may read to who may publish."""
        return bool(super().can_publish())


class ListPermissions(PagePermissionTester):
    """What a person may do with a list of them."""

    def can_publish_subpage(self) -> bool:
        """Refuse to write, or copy, and publish in one go."""
        return False


class OnlyByReview:
    """A page that goes live by review alone."""

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what `user` may do."""
        return ReviewedPermissions(user, self)


class HoldsReviewed:
    """A page below which pages go live by review alone."""

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what `user` may do."""
        return ListPermissions(user, self)
