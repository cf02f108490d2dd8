"""How letters were answered in a year: figures everybody sees."""

from dataclasses import dataclass
from datetime import date
from statistics import median

from django.utils import timezone

from brand.models import Region
from openness.letters.models import Letter, LetterState


@dataclass(frozen=True, slots=True)
class Figures:
    """Letters of a year: how many came, were answered, were answered in time; the median of days it took."""

    year: int
    received: int
    answered: int
    in_time: int
    days: int | None


def figures_of(region: Region, *, on: date) -> Figures:
    """Return the figures of the year of `on`. 1 query."""
    rows = Letter.objects.filter(region=region, received_at__year=on.year)
    facts = list(rows.values_list("state", "received_at", "answered_at", "due_on"))
    took = [(answered - received).days for _state, received, answered, _due in facts if answered]
    in_time = [answered for *_, answered, due in facts if answered and timezone.localdate(answered) <= due]
    answered = sum(state == LetterState.ANSWERED for state, *_ in facts)
    return Figures(on.year, len(facts), answered, len(in_time), round(median(took)) if took else None)
