"""Raising a finding: what is wrong, what has to be done, until when."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.inspections.findings import Finding
from brand.inspections.models import Inspection
from brand.inspections.refusals import InspectionRefused
from brand.inspections.telling import tell_member_of
from brand.members.interests import refuse_own

RAISED = "raised"


def raise_finding(
    *,
    inspection: Inspection,
    weight: str,
    wrong: str,
    demand: str,
    due_on: date,
    by: User | None,
    at: datetime,
) -> Finding:
    """Write a finding down and tell the member.

    Raises:
        InspectionRefused: the visit is not recorded yet, words are missing, or the deadline has passed.
        ConflictOfInterest: the officer belongs to the member.
    """
    if by is not None:
        refuse_own(by, member=inspection.licence.member)
    if not wrong.strip() or not demand.strip():
        raise InspectionRefused(_("Say what is wrong and what has to be done about it."))
    if due_on < timezone.localdate(at):
        raise InspectionRefused(_("The deadline has passed already."))
    with transaction.atomic():
        # the lock orders findings raised at once: each takes the next number
        locked = Inspection.objects.select_for_update().get(pk=inspection.pk)
        if locked.state != Inspection.State.DONE:
            raise InspectionRefused(_("Record the visit first, then what was found."))
        last = locked.findings.aggregate(last=Max("number"))["last"] or 0
        finding = Finding.objects.create(
            inspection=inspection,
            number=last + 1,
            weight=weight,
            wrong=wrong.strip(),
            demand=demand.strip(),
            due_on=due_on,
        )
        record_act(finding, RAISED, by=by, at=at)
        transaction.on_commit(lambda: tell_member_of(finding, "raised", at=at, key="1"))
    return finding
