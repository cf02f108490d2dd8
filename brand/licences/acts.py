"""What happens to a licence after it was given: suspended, reinstated, revoked. Expiry follows from dates.

Every right that a licence gives is asked for at the moment of use (`rights.py`), so an act is in force
everywhere as soon as it is committed; the outbox clears the pages that showed the old state. A renewal that
was given and has not begun goes along: else the right would come back by itself on its first day.
"""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import acts_on, record_act
from brand.inspections.findings import Finding
from brand.licences.models import Licence
from brand.licences.stops import stopping
from brand.licences.telling import tell_of_act
from brand.members.interests import refuse_own
from changes import outbox

SUSPENDED, REINSTATED, REVOKED = "suspended", "reinstated", "revoked"
State = Licence.State


class LicenceActRefused(ValueError):
    """The act cannot be done as asked; the text says why in plain words."""


def suspend_licence(
    *, licence: Licence, reason: str, by: User | None, at: datetime, finding: Finding | None = None
) -> None:
    """Take the right away until something is settled. `reason` stands on the public page.

    Raises:
        LicenceActRefused: no reason, a finding of another licence, or it is not in force any more.
        ConflictOfInterest: the officer belongs to the member.
    """
    if finding is not None and finding.inspection.licence_id != licence.pk:
        raise LicenceActRefused(_("This finding belongs to another licence."))
    detail = {"finding": finding.name} if finding else {}
    # a run of codes that is being made notices this and gives up, even where it holds the database
    with stopping(licence):
        _move(licence, SUSPENDED, to=State.SUSPENDED, reason=reason, by=by, at=at, detail=detail)


def reinstate_licence(*, licence: Licence, reason: str, by: User | None, at: datetime) -> None:
    """Give the right back; the dates stay as they were. `reason` stands on the public page.

    Raises:
        LicenceActRefused: no reason, or it is not suspended any more.
        ConflictOfInterest: the officer belongs to the member.
    """
    _move(licence, REINSTATED, to=State.VALID, reason=reason, by=by, at=at)


def revoke_licence(*, licence: Licence, reason: str, by: User | None, at: datetime) -> None:
    """Take the right away for good. `reason` stands on the public page and in the list of revoked licences.

    Raises:
        LicenceActRefused: no reason, or it is revoked already.
        ConflictOfInterest: the officer belongs to the member.
    """
    with stopping(licence):
        _move(licence, REVOKED, to=State.REVOKED, reason=reason, by=by, at=at)


# from which states an act leads on
_BEFORE = {
    SUSPENDED: (State.VALID,),
    REINSTATED: (State.SUSPENDED,),
    REVOKED: (State.VALID, State.SUSPENDED),
}


def possible_acts(licence: Licence) -> list[str]:
    """Return which of the three acts the state of the licence allows."""
    return [verb for verb, states in _BEFORE.items() if licence.state in states]


def _move(
    licence: Licence,
    verb: str,
    *,
    to: str,
    reason: str,
    by: User | None,
    at: datetime,
    detail: dict[str, str] | None = None,
) -> None:
    if by is not None:
        refuse_own(by, member=licence.member)
    if not reason.strip():
        raise LicenceActRefused(_("Say why: the reason stands on the public page."))
    with transaction.atomic():
        # compare-and-set: of two officers at once the second finds another state and changes nothing
        waiting = Licence.objects.filter(pk=licence.pk, state__in=_BEFORE[verb])
        if not waiting.update(state=to):
            raise LicenceActRefused(_too_late(licence))
        licence.state = to
        record_act(licence, verb, by=by, at=at, note=reason.strip(), detail=detail)
        outbox.record(licence, region=licence.region.slug)
        _take_along(licence, verb, to=to, reason=reason, by=by, at=at)
        transaction.on_commit(lambda: tell_of_act(licence, verb, reason=reason.strip(), at=at))


def _take_along(licence: Licence, verb: str, *, to: str, reason: str, by: User | None, at: datetime) -> None:
    """Do the same to the renewal that waits; what was done to that one by itself stays."""
    waiting = Licence.objects.filter(
        renews=licence, valid_from__gt=localdate(at), state__in=_BEFORE[verb]
    ).select_related("region")
    renewal = waiting.select_for_update(of=("self",)).first()
    if renewal is None or (verb == REINSTATED and not _went_along(renewal, licence)):
        return
    renewal.state = to
    renewal.save(update_fields=["state"])
    record_act(renewal, verb, by=by, at=at, note=reason.strip(), detail={"with": licence.number})
    outbox.record(renewal, region=renewal.region.slug)


def _went_along(renewal: Licence, licence: Licence) -> bool:
    last = acts_on(renewal).filter(verb=SUSPENDED).last()
    return last is not None and last.detail.get("with") == licence.number


def _too_late(licence: Licence) -> str:
    state = Licence.objects.values_list("state", flat=True).get(pk=licence.pk)
    return _(
        "Nothing was done: the licence is %(state)s now. Somebody may have acted a moment before you."
    ) % {"state": State(state).label}
