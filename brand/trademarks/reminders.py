"""Reminders: the officers hear in time that a trademark ends, and what the law still allows after that.

Each step is told once, whichever run of the task comes first after its day, so that days on which the worker
stood still lose nobody a reminder. Classes of one trademark that end on the same day are told together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils import timezone

from brand.telling import tell_officers
from brand.trademarks.filings import Filing
from brand.trademarks.models import Trademark
from brand.trademarks.terms import GRACE_MONTHS, RENEWAL_MONTHS, grace_ends, months_later

MONTHS_BEFORE = (12, 6, 1)
LAST_CALL = 1  # months before the six months after the end are over


@dataclass(frozen=True, slots=True)
class Ending:
    """A trademark whose registration in some classes ends on one day."""

    trademark: Trademark
    expires_on: date
    classes: tuple[int, ...]


def endings(*, on: date) -> list[Ending]:
    """Return what can be renewed on that day, soonest end first. 1 query."""
    # a day more on either side: months differ in length, `step` decides
    first = months_later(on, -GRACE_MONTHS) - timedelta(days=3)
    last = months_later(on, RENEWAL_MONTHS) + timedelta(days=3)
    filings = Filing.objects.filter(state=Filing.State.REGISTERED, expires_on__range=(first, last))
    rows = filings.select_related("trademark__region").order_by("expires_on", "trademark_id", "nice_class")
    return [_ending(group) for _key, group in groupby(rows, lambda row: (row.expires_on, row.trademark_id))]


def _ending(rows: Iterable[Filing]) -> Ending:
    filings = list(rows)
    day = filings[0].expires_on
    assert day is not None  # noqa: S101 - `endings` asks for a range
    return Ending(filings[0].trademark, day, tuple(filing.nice_class for filing in filings))


def step(expires_on: date, *, on: date) -> str:
    """Return the last reminder due by that day: 12, 6, 1, ended, last; "" before the first and after all."""
    if on > grace_ends(expires_on):
        return ""
    days = {str(months): months_later(expires_on, -months) for months in MONTHS_BEFORE}
    days["ended"] = expires_on + timedelta(days=1)
    days["last"] = months_later(expires_on, GRACE_MONTHS - LAST_CALL)
    due = [name for name, day in days.items() if day <= on]
    return due[-1] if due else ""


def remind(*, at: datetime) -> None:
    """Tell the officers of each trademark whose next reminder is due."""
    today = timezone.localdate(at)
    for ending in endings(on=today):
        if name := step(ending.expires_on, on=today):
            _tell(ending, name, today=today, at=at)


def _tell(ending: Ending, name: str, *, today: date, at: datetime) -> None:
    trademark, last = ending.trademark, ending.expires_on
    tell_officers(
        kind="trademark_ends",
        context={
            "trademark": trademark.name,
            "county": trademark.region.name,
            "classes": ending.classes,
            "count": len(ending.classes),
            "expires_on": last,
            "grace_ends": grace_ends(last),
            "days": (last - today).days,
            "is_over": today > last,
        },
        at=at,
        key=f"trademark:{trademark.pk}:{last}:{name}",
        url=f"{reverse('brand-filings:index')}?trademark={trademark.pk}",
    )
