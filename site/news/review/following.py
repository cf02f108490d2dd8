"""Which version a form of the editor was opened with, and whether another has come in between.

The editor saves by itself while its tab is open. What it sent may arrive together with what a button sends,
or after it. A version from the same tab is no other version: the form holds all of its text. Only what a tab
sent by itself before its button was pressed must not come after what the button saved.
"""

from dataclasses import dataclass
from typing import Any, Self, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page, Revision

from accounts.models import User
from cms.reviewed import SAVED_FROM

TAB = "saved_from_tab"  # hidden field that cms/js/saving.js puts into the form
_LONGEST_TAB = 64


class ApprovedMeanwhile(PermissionDenied):
    """Somebody has approved the page while a form of it was on its way."""


@dataclass(slots=True)
class FormFollowing:
    """What a form says it follows; `overtaken` is what somebody else, or another tab, saved in between."""

    user: int
    seen: str = ""
    seen_at: str = ""
    own: bool = False  # it goes on writing a version of its own
    tab: str = ""
    by_itself: bool = False
    decides: bool = False  # a reviewer's decision: it has nothing that would be lost
    refusal: str = ""
    went_live: bool = False
    overtaken: Revision | None = None

    @classmethod
    def of(cls, request: HttpRequest, *, by_itself: bool) -> Self:
        """Read it from a form."""
        sent = request.POST
        own = sent.get("overwrite_revision_id", "")
        return cls(
            user=cast("User", request.user).pk,
            seen=own or sent.get("loaded_revision_id", ""),
            seen_at=sent.get("loaded_revision_created_at", ""),
            own=bool(own),
            tab=sent.get(TAB, "")[:_LONGEST_TAB],
            by_itself=by_itself,
        )

    def look_at(self, newest: Revision | None) -> None:
        """Note the newest version where the form has not seen it.

        Raises:
            PermissionDenied: the editor saves by itself, and would put an older text before a newer one.
        """
        self.overtaken = newest if self._misses(newest) else None
        if self.overtaken is not None and self.by_itself:
            raise PermissionDenied(_("Saving will overwrite a newer version."))

    def approved_meanwhile(self) -> None:
        """Note that it was approved while the form was on its way: what was typed is kept as a draft.

        Raises:
            ApprovedMeanwhile: nothing was typed that would be lost, or the editor saves by itself.
        """
        if self.by_itself or self.decides:
            raise ApprovedMeanwhile(_("It went live just now. Open it anew before you change it."))
        self.went_live = True

    def told(self) -> dict[str, Any]:
        """Return what a version says of where it was saved from."""
        return {"tab": self.tab, "pressed": not self.by_itself}

    def same_tab(self, version: Revision) -> bool:
        """Tell whether a version came from this tab, and may be followed by this form."""
        told = version.content.get(SAVED_FROM) or {}
        if not self.tab or told.get("tab") != self.tab or version.user_id != self.user:
            return False
        return not (self.by_itself and told.get("pressed"))

    def _misses(self, newest: Revision | None) -> bool:
        if newest is None or not self.seen:
            return False
        as_it_was = self.own or self.seen_at in ("", newest.created_at.isoformat())
        return not (self.seen == str(newest.pk) and as_it_was) and not self.same_tab(newest)


def said_of_other(page: Page, other: Revision, *, to: User) -> SafeString:
    """Return who saved in between, and the way to both versions beside each other."""
    compare = reverse(
        "wagtailadmin_pages:revisions_compare", args=[page.pk, other.pk, page.latest_revision_id]
    )
    return format_html(
        '{} <a href="{}">{}</a>', _who_saved(other, to), compare, _("Compare both: the other one is kept.")
    )


def _who_saved(other: Revision, to: User) -> str:
    time = f"{timezone.localtime(other.created_at):%H:%M}"
    if other.user_id == to.pk:
        own = _("You saved this in another window at %(time)s. What you saved here is the newest now.")
        return own % {"time": time}
    who = get_user_display_name(other.user) if other.user else _("somebody")
    return _("%(who)s saved this at %(time)s, after you had opened it. Yours is the newest now.") % {
        "who": who,
        "time": time,
    }
