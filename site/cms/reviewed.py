"""Pages that nobody makes go live by a button: they go live when somebody else has approved them.

Wagtail asks `permissions_for_user` wherever a page is published: in the editor, in lists, when it is copied
and in its actions. Taking a post down stays with the right to publish.
"""

from typing import Any

from wagtail.models import PagePermissionTester, Revision


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

    def save_revision(
        self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any
    ) -> Revision:
        """Keep a version; the one that is live is never written over, and another is made.

        An editor's tab that is still open after the approval saves by itself into the version it made. Who
        has written since (`news.review.writers`) is told by comparing with what was approved.
        """
        live: int | None = self.live_revision_id  # type: ignore[attr-defined]
        if overwrite_revision is not None and overwrite_revision.pk == live:
            overwrite_revision = None
        made: Revision = super().save_revision(  # type: ignore[misc]
            *args, overwrite_revision=overwrite_revision, **kwargs
        )
        return made

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what `user` may do."""
        return ReviewedPermissions(user, self)


class HoldsReviewed:
    """A page below which pages go live by review alone."""

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what `user` may do."""
        return ListPermissions(user, self)
