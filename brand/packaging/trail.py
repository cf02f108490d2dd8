"""The trail of a request or a stock-take in words."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from brand.acts.models import acts_on

_VERBS: dict[str, Promise] = {
    "submitted": pgettext_lazy("packaging trail", "asked"),
    "approved": pgettext_lazy("packaging trail", "granted in full"),
    "cut": pgettext_lazy("packaging trail", "granted in part"),
    "refused": pgettext_lazy("packaging trail", "refused"),
    "withdrawn": pgettext_lazy("packaging trail", "withdrawn"),
    "lapsed": pgettext_lazy("packaging trail", "not picked up in time"),
    "picked_up": pgettext_lazy("packaging trail", "handed out"),
    "opened": pgettext_lazy("packaging trail", "begun"),
    "closed": pgettext_lazy("packaging trail", "closed"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One act: when, what, by whom, and what was said."""

    at: datetime
    words: str
    by: str
    note: str


def trail_of(thing: models.Model) -> list[Step]:
    """Return what was done, oldest first. One query."""
    return [
        Step(act.at, str(_VERBS.get(act.verb, act.verb)), str(act.by or ""), act.note)
        for act in acts_on(thing)
    ]
