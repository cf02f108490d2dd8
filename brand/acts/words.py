"""Acts in words: what a verb of the trail means to whoever reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from brand.acts.models import Act

VERBS: dict[str, Promise] = {
    "planned": pgettext_lazy("act", "planned"),
    "cancelled": pgettext_lazy("act", "called off"),
    "done": pgettext_lazy("act", "done"),
    "photographed": pgettext_lazy("act", "photos added"),
    "raised": pgettext_lazy("act", "finding raised"),
    "answered": pgettext_lazy("act", "answered"),
    "returned": pgettext_lazy("act", "asked again"),
    "closed": pgettext_lazy("act", "closed"),
    "suspended": pgettext_lazy("act", "suspended"),
    "reinstated": pgettext_lazy("act", "reinstated"),
    "revoked": pgettext_lazy("act", "revoked"),
    "begun": pgettext_lazy("act", "in force"),
    "expired": pgettext_lazy("act", "expired"),
    "called_off": pgettext_lazy("act", "called off"),
    "contacts_erased": pgettext_lazy("act", "names and numbers erased"),
    "published": pgettext_lazy("act", "published"),
    "list_taken": pgettext_lazy("act", "list taken as a file"),
    "added": pgettext_lazy("act", "added"),
    "edited": pgettext_lazy("act", "description changed"),
    "version_begun": pgettext_lazy("act", "next version begun"),
    "file_added": pgettext_lazy("act", "file added"),
    "file_removed": pgettext_lazy("act", "file taken out"),
    "version_published": pgettext_lazy("act", "version published"),
    "withdrawn": pgettext_lazy("act", "withdrawn"),
    "offered": pgettext_lazy("act", "offered again"),
    "submitted": pgettext_lazy("act", "sent in"),
    "approved": pgettext_lazy("act", "approved"),
    "refused": pgettext_lazy("act", "refused"),
    "drawn": pgettext_lazy("act", "drawn up"),
    "confirmed": pgettext_lazy("act", "confirmed"),
    "objected": pgettext_lazy("act", "objected to"),
    "received": pgettext_lazy("act", "came in"),
    "in_hand": pgettext_lazy("act", "taken in hand"),
    "answer_corrected": pgettext_lazy("act", "answer put right"),
    "paid": pgettext_lazy("act", "paid out"),
    "issued": pgettext_lazy("act", "issued"),
    "replaced": pgettext_lazy("act", "replaced by a corrected one"),
    "enrolled": pgettext_lazy("act", "enrolled"),
    "left": pgettext_lazy("act", "left the course"),
    "moved_up": pgettext_lazy("act", "got a free place"),
    "shown": pgettext_lazy("act", "shown"),
    "taken_down": pgettext_lazy("act", "taken down"),
    "reported": pgettext_lazy("act", "reported"),
    "joined_pool": pgettext_lazy("act", "joined the talent pool"),
    "agreed_anew": pgettext_lazy("act", "agreed for another year"),
    "pool_withdrawn": pgettext_lazy("act", "left the talent pool"),
    "pool_ran_out": pgettext_lazy("act", "consent ran out"),
    "pool_taken_out": pgettext_lazy("act", "taken out of the talent pool"),
    "talent_barred": pgettext_lazy("act", "kept out of the talent pool"),
    "talent_bar_lifted": pgettext_lazy("act", "let into the talent pool again"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One act, ready to be shown; `by` is empty where the system did it or the account is gone."""

    what: Promise | str
    at: datetime
    by: str
    note: str
    detail: dict[str, object]


def said(acts: Iterable[Act]) -> list[Said]:
    """Return acts in words, in their order. A verb nobody put into words stands as it is."""
    return [
        Said(VERBS.get(act.verb, act.verb), act.at, str(act.by or ""), act.note, act.detail) for act in acts
    ]
