"""The trail of an application in words: what was done, by whom, when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brand.acts.models import acts_on
from brand.membership.models import MembershipApplication
from brand.membership.sections import label_of

_VERBS: dict[str, Promise] = {
    "submitted": _("sent off"),
    "submitted_again": _("sent off again"),
    "returned": pgettext_lazy("application", "sent back"),
    "approved": pgettext_lazy("application", "approved"),
    "refused": pgettext_lazy("application", "refused"),
    "withdrawn": pgettext_lazy("application", "withdrawn"),
    "noted": _("noted by an officer"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the trail. `fields` are those that were remarked on."""

    at: datetime
    words: str
    by: str
    note: str
    fields: tuple[str, ...]


def trail_of(application: MembershipApplication, *, for_officers: bool) -> list[Step]:
    """Return what happened, oldest first. The applicant sees no names and no notes of officers. One query."""
    acts = [act for act in acts_on(application) if for_officers or act.verb != "noted"]
    return [
        Step(
            at=act.at,
            words=str(_VERBS.get(act.verb, act.verb)),
            by=str(act.by) if for_officers and act.by else "",
            note=act.note,
            fields=tuple(label_of(field) for field in act.detail.get("fields", ())),
        )
        for act in acts
    ]
