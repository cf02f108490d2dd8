"""Pages that nobody makes go live by a button: they go live when somebody else has approved them.

Wagtail asks `permissions_for_user` wherever a page is published: in the editor, in lists, when it is copied
and in its actions. Taking a post down stays with the right to publish.
"""

from typing import Any, Protocol

from django.db import transaction
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page, PagePermissionTester, Revision

# what an approval writes into the row of a page
_OF_GOING_LIVE = (
    "live",
    "live_revision_id",
    "expired",
    "first_published_at",
    "last_published_at",
    "has_unpublished_changes",
)
SAVED_FROM = "saved_from"  # in a version's content: which tab of the editor it came from


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


class Following(Protocol):
    """What a form of the editor knows of the version it was opened with."""

    overtaken: Revision | None
    refusal: str  # why nothing of the form is to be taken, "" if it may be
    went_live: bool  # it went live while the form was on its way

    def look_at(self, newest: Revision | None) -> None:
        """Note the newest version; raise PermissionDenied where the form must not come after it."""

    def approved_meanwhile(self) -> None:
        """Note that it was approved while the form was on its way; raise PermissionDenied to stop it."""

    def told(self) -> dict[str, Any]:
        """Return what a version says of where it was saved from."""


class ReviewedForm(WagtailAdminPageForm):
    """Shows what was typed again, and says why nothing of it was taken."""

    def clean(self) -> Any:
        """Refuse what must not come after the version that is the newest now."""
        cleaned = super().clean()
        follows: Following | None = getattr(self.instance, "follows", None)
        if follows is not None and follows.refusal:
            self.add_error(None, follows.refusal)
        return cleaned


class OnlyByReview:
    """A page that goes live by review alone."""

    follows: Following | None = None  # set by who saves from a form
    base_form_class = ReviewedForm

    def save_revision(
        self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any
    ) -> Revision:
        """Keep a version; one that is live or approved is never written over, and another is made.

        An editor's tab that is still open after the approval saves by itself into the version it made. Who
        has written since (`news.review.writers`) is told by comparing with what was approved.

        Raises:
            PermissionDenied: what the form was opened with is no longer what it would change.
        """
        with transaction.atomic():
            self._look_at_newest()
            if overwrite_revision is not None and not self._may_write_over(overwrite_revision):
                overwrite_revision = None
            made: Revision = super().save_revision(  # type: ignore[misc]
                *args, overwrite_revision=overwrite_revision, **kwargs
            )
        return made

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save the page; a form writes over all of a draft's row, so it looks before.

        Raises:
            PermissionDenied: what the form was opened with is no longer what it would change.
        """
        with transaction.atomic():
            if kwargs.get("update_fields") is None:
                self._look_at_newest()
                if self.follows is not None and self.follows.went_live:
                    return None  # the row holds what was approved; what was typed becomes a version
            return super().save(*args, **kwargs)  # type: ignore[misc]

    def _may_write_over(self, version: Revision) -> bool:
        live: int | None = self.live_revision_id  # type: ignore[attr-defined]
        if self.follows is not None and (self.follows.overtaken is not None or self.follows.went_live):
            return False
        return version.pk != live and version.approved_go_live_at is None

    def serializable_data(self) -> dict[str, Any]:
        """Return a version's content, with the tab of the editor it is saved from."""
        content: dict[str, Any] = super().serializable_data()  # type: ignore[misc]
        return content if self.follows is None else {**content, SAVED_FROM: self.follows.told()}

    def _look_at_newest(self) -> None:
        """Look at the newest version there is, while nobody else can save another.

        Wagtail looks when the form arrives and saves later: of two that arrive together the slower one would
        undo the other, and one that an approval overtakes would take the page down again.
        """
        if self.follows is None:
            return
        key: int = self.pk  # type: ignore[attr-defined]
        page = Page.objects.select_for_update().get(pk=key)
        if page.live_revision_id != self.live_revision_id:  # type: ignore[attr-defined]
            self.follows.approved_meanwhile()
            for name in _OF_GOING_LIVE:
                setattr(self, name, getattr(page, name))
        elif page.scheduled_revision:  # nobody opens it then (Wagtail's lock): it was approved just now
            self.follows.approved_meanwhile()
        # the form has written into the row which version it holds for the newest
        self.latest_revision = page.revisions.order_by("-created_at", "-pk").first()
        self.follows.look_at(self.latest_revision)

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what `user` may do."""
        return ReviewedPermissions(user, self)


class HoldsReviewed:
    """A page below which pages go live by review alone."""

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what `user` may do."""
        return ListPermissions(user, self)
