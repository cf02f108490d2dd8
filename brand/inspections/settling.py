"""How an officer settles a finding: closes it, or asks again with a new deadline."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.inspections.findings import Finding
from brand.inspections.refusals import InspectionRefused
from brand.inspections.telling import tell_member_of
from brand.members.interests import refuse_own

CLOSED, RETURNED = "closed", "returned"
State = Finding.State


def close_finding(*, finding: Finding, note: str, by: User | None, at: datetime) -> None:
    """Close a finding that was put right. One that the member never answered needs a word why.

    Raises:
        InspectionRefused: it is closed already, or nobody answered and no word was given.
        ConflictOfInterest: the officer belongs to the member.
    """
    if by is not None:
        refuse_own(by, member=finding.inspection.licence.member)
    if finding.state == State.OPEN and not note.strip():
        raise InspectionRefused(_("The member has not answered. Say why it can be closed."))
    with transaction.atomic():
        # compare-and-set on the state the officer saw: an answer that came meanwhile is read first
        seen = Finding.objects.filter(pk=finding.pk, state=finding.state).exclude(state=State.CLOSED)
        if not seen.update(state=State.CLOSED, closed_at=at):
            raise InspectionRefused(_changed())
        finding.state, finding.closed_at = State.CLOSED, at
        record_act(finding, CLOSED, by=by, at=at, note=note.strip())
        transaction.on_commit(lambda: tell_member_of(finding, "closed", at=at, key="1", reason=note.strip()))


def return_finding(*, finding: Finding, reason: str, due_on: date, by: User | None, at: datetime) -> None:
    """Ask the member again: what is still missing, and until when.

    Raises:
        InspectionRefused: no reason, a deadline in the past, or there is no answer to look at any more.
        ConflictOfInterest: the officer belongs to the member.
    """
    if by is not None:
        refuse_own(by, member=finding.inspection.licence.member)
    if not reason.strip():
        raise InspectionRefused(_("Say what is still missing."))
    if due_on < timezone.localdate(at):
        raise InspectionRefused(_("The deadline has passed already."))
    with transaction.atomic():
        # compare-and-set: somebody else may have closed it a moment ago
        answered = Finding.objects.filter(pk=finding.pk, state=State.ANSWERED)
        if not answered.update(state=State.OPEN, due_on=due_on):
            raise InspectionRefused(_changed())
        finding.state, finding.due_on = State.OPEN, due_on
        record_act(finding, RETURNED, by=by, at=at, note=reason.strip())
        key = at.isoformat()
        transaction.on_commit(
            lambda: tell_member_of(finding, "returned", at=at, key=key, reason=reason.strip())
        )


def _changed() -> str:
    return _("Nothing was done: this finding changed a moment ago. Look at it again.")
