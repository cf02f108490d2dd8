"""What was done with a pre-sale, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from brand.acts.models import Act

VERBS: dict[str, Promise] = {
    "terms": pgettext_lazy("pre-sale", "terms in force, edition"),
    "opened": pgettext_lazy("pre-sale", "opened for booking"),
    "delayed": pgettext_lazy("pre-sale", "harvest delayed"),
    "harvested": pgettext_lazy("pre-sale", "harvested, balances due"),
    "cancelled": pgettext_lazy("pre-sale", "cancelled, everybody refunded"),
    "deposit_kept": pgettext_lazy("pre-sale", "balance not paid, deposit kept"),
    "closed": pgettext_lazy("pre-sale", "closed"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done."""

    what: str
    at: datetime
    by: str
    note: str


def steps(acts: Iterable[Act]) -> list[Step]:
    """Return the acts in words, in their order."""
    return [Step(str(VERBS.get(act.verb, act.verb)), act.at, str(act.by or ""), act.note) for act in acts]
