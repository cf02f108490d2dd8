"""Findings that nobody put right in time: told once to the member and the officers; those due soon before."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from brand.inspections.findings import Finding
from brand.inspections.telling import tell_member_of, tell_officers_of

SOON = timedelta(days=3)


def overdue(*, on: date) -> QuerySet[Finding]:
    """Return findings the member should have answered before that day, oldest first."""
    return _open().filter(due_on__lt=on)


def due_soon(*, on: date) -> QuerySet[Finding]:
    """Return findings the member has three days or less to answer."""
    return _open().filter(due_on__range=(on, on + SOON))


def tell_of_overdue(*, at: datetime) -> int:
    """Tell of both, each once for its deadline, and return of how many findings. 2 queries to look."""
    today = timezone.localdate(at)
    late, soon = list(overdue(on=today)), list(due_soon(on=today))
    for finding in late:
        tell_member_of(finding, "overdue", at=at, key=str(finding.due_on))
        tell_officers_of(finding, "overdue", at=at, key=str(finding.due_on))
    for finding in soon:
        tell_member_of(finding, "due_soon", at=at, key=str(finding.due_on))
    return len(late) + len(soon)


def _open() -> QuerySet[Finding]:
    found = Finding.objects.filter(state=Finding.State.OPEN)
    return found.select_related("inspection__licence__member").order_by("due_on", "pk")
