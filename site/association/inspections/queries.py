"""Reads of the findings of one member."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brand.models import Finding, Inspection, Member

State = Finding.State
SOON = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Look:
    """How a finding is shown: its state in a word, and the tone of the tag."""

    state: Promise | str
    tone: str


def findings_of(member: Member) -> QuerySet[Finding]:
    """Return the findings of a member, open ones by their deadline first. One query."""
    rows = Finding.objects.filter(inspection__licence__member=member)
    return rows.select_related("inspection__licence__region").order_by("closed_at", "due_on", "pk")


def visits_to(member: Member) -> QuerySet[Inspection]:
    """Return the announced inspections to come. One query."""
    rows = Inspection.objects.filter(licence__member=member, state=Inspection.State.PLANNED, announced=True)
    return rows.select_related("licence").order_by("planned_on", "pk")


def look_of(finding: Finding, *, on: date) -> Look:
    """Return how a finding looks on that day."""
    if finding.is_overdue(on=on):
        return Look(_("overdue"), "bad")
    tones = {State.OPEN: "warn", State.ANSWERED: "brand", State.CLOSED: "ok"}
    return Look(finding.get_state_display(), tones[State(finding.state)])


def is_pressing(finding: Finding, *, on: date) -> bool:
    """Tell whether a finding has to be answered within three days, or should have been."""
    return finding.state == State.OPEN and finding.due_on <= on + SOON
