"""How far an application has come, as steps that were done, is at, and are to come."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brand.models import LicenceApplication
from lib.dates import full_day

State = LicenceApplication.State
_STEPS: Final[list[tuple[str, Promise]]] = [
    (State.SUBMITTED, gettext_lazy("Papers are read")),
    (State.ACCEPTED, gettext_lazy("Site check")),
    (State.CHECKED, gettext_lazy("Waits for publicity")),
    (State.PUBLICITY, gettext_lazy("Publicity")),
    (State.LICENSED, gettext_lazy("Decision")),
]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `state` is done, now or later."""

    words: Promise | str
    state: str
    note: str = ""


def steps_of(application: LicenceApplication) -> list[Step]:
    """Return the steps of an application that was sent and neither refused nor taken back."""
    order = [state for state, _words in _STEPS]
    if application.state not in order:
        return []
    at = order.index(application.state)
    done = application.state == State.LICENSED
    return [
        Step(
            words,
            "done" if place < at or done else "now" if place == at else "later",
            _note(application, state),
        )
        for place, (state, words) in enumerate(_STEPS)
    ]


def _note(application: LicenceApplication, state: str) -> str:
    if state == State.SUBMITTED and application.state == state and application.due_on:
        return _("by %(day)s") % {"day": full_day(application.due_on)}
    if state == State.PUBLICITY and application.publicity_to:
        return _period(application.publicity_from, application.publicity_to)
    return ""


def _period(first: date | None, last: date) -> str:
    return _("%(first)s to %(last)s") % {"first": full_day(first), "last": full_day(last)}
