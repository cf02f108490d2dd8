"""The trail of an application in words, for its member and for officers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brand.acts.models import acts_on
from brand.licences.applications.models import LicenceApplication

VERBS: Final[dict[str, Promise]] = {
    "begun": _("Draft begun"),
    "submitted": _("Application sent"),
    "accepted": _("Papers in order, taken on"),
    "returned": _("Sent back for correction"),
    "site_passed": _("Site check passed"),
    "site_failed": _("Site check not passed"),
    "published": _("Publicity begun"),
    "objected": _("An objection came in"),
    "objection_upheld": _("Objection found justified"),
    "objection_dismissed": _("Objection answered, not justified"),
    "licensed": _("Licence given"),
    "refused": _("Application refused"),
    "withdrawn": _("Application taken back"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the trail. `who` is "" where a member reads it, or nobody did it."""

    words: Promise | str
    at: datetime
    note: str
    who: str


def trail_of(application: LicenceApplication, *, with_people: bool = False) -> list[Step]:
    """Return what happened to an application, oldest first. One query."""
    return [
        Step(
            VERBS.get(act.verb, act.verb),
            act.at,
            act.note,
            (act.by.get_full_name() or str(act.by)) if with_people and act.by else "",
        )
        for act in acts_on(application)
    ]
