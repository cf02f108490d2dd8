"""What happened to a licence, in plain words and without names of people."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brand.acts.models import acts_on
from brand.models import Licence

WORDS: Final[dict[str, Promise]] = {
    "issued": pgettext_lazy("licence", "Given"),
    "begun": _("In force from this day"),
    "expired": _("Ended, was not renewed"),
    "suspended": pgettext_lazy("licence", "Suspended"),
    "reinstated": _("In force again"),
    "revoked": pgettext_lazy("licence", "Revoked"),
    "corrected": _("Entry corrected: papers printed before do not match any more"),
}
# whose note is written for everybody; notes of other acts are the office's own
_TOLD: Final = ("suspended", "reinstated", "revoked")


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that happened."""

    words: Promise
    on: date
    note: str = ""


def history_of(licence: Licence) -> list[Turn]:
    """Return the history, oldest first; it begins with the day the licence was given. One query."""
    acts = acts_on(licence).select_related(None).only("verb", "at", "note")
    turns = [
        Turn(WORDS[act.verb], timezone.localdate(act.at), act.note if act.verb in _TOLD else "")
        for act in acts
        if act.verb in WORDS
    ]
    if turns and turns[0].words == WORDS["issued"]:
        return turns
    return [Turn(WORDS["issued"], licence.issued_on or licence.valid_from), *turns]
