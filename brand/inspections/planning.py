"""Planning an inspection, and calling it off."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.counters.models import next_number
from brand.inspections.models import Inspection
from brand.inspections.refusals import InspectionRefused
from brand.inspections.telling import tell_of_visit
from brand.licences.models import Licence
from brand.members.interests import refuse_own

PLANNED, CANCELLED = "planned", "cancelled"


def plan_inspection(
    *,
    licence: Licence,
    planned_on: date,
    inspectors: str,
    by: User | None,
    at: datetime,
    kind: str = Inspection.Kind.ROUTINE,
    place: str = "",
    announced: bool = True,
) -> Inspection:
    """Plan a visit; an announced one is told to the member. Numbers follow one another within a year.

    Raises:
        InspectionRefused: the day has passed, or nobody is named to go.
        ConflictOfInterest: the officer belongs to the member.
    """
    if by is not None:
        refuse_own(by, member=licence.member)
    if planned_on < timezone.localdate(at):
        raise InspectionRefused(_("This day has passed. Plan it for today or later."))
    if not inspectors.strip():
        raise InspectionRefused(_("Say who goes."))
    with transaction.atomic():
        inspection = Inspection.objects.create(
            number=_number(timezone.localdate(at).year),
            licence=licence,
            planned_on=planned_on,
            inspectors=inspectors.strip(),
            kind=kind,
            place=place.strip(),
            announced=announced,
        )
        record_act(inspection, PLANNED, by=by, at=at)
        if announced:
            transaction.on_commit(lambda: tell_of_visit(inspection, at=at))
    return inspection


def call_off(*, inspection: Inspection, reason: str, by: User | None, at: datetime) -> None:
    """Call a planned visit off.

    Raises:
        InspectionRefused: no reason, or it was done or called off already.
        ConflictOfInterest: the officer belongs to the member.
    """
    if by is not None:
        refuse_own(by, member=inspection.licence.member)
    if not reason.strip():
        raise InspectionRefused(_("Say why it is called off."))
    with transaction.atomic():
        # compare-and-set: it may have been done a moment ago
        planned = Inspection.objects.filter(pk=inspection.pk, state=Inspection.State.PLANNED)
        if not planned.update(state=Inspection.State.CANCELLED):
            raise InspectionRefused(_("This inspection was done or called off already."))
        inspection.state = Inspection.State.CANCELLED
        record_act(inspection, CANCELLED, by=by, at=at, note=reason.strip())


def _number(year: int) -> str:
    return f"JC-{year}-{next_number(f'inspection.{year}'):04d}"
