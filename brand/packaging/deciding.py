"""Deciding: an officer grants a request, in full or cut, or refuses it; the first of two counts."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.members.interests import refuse_own
from brand.packaging.answering import tell_answer
from brand.packaging.asking import locked_request, state_of
from brand.packaging.permits import require_permit
from brand.packaging.promising import promise
from brand.packaging.refusals import PackagingRefused, SettledAlready
from brand.packaging.requests import PackagingRequest, PackagingRequestLine

KEPT = timedelta(days=30)  # how long approved goods wait at the store
State = PackagingRequest.State


@transaction.atomic
def approve_request(
    *,
    request: PackagingRequest,
    granted: Mapping[int, int],
    reason: str,
    by: User,
    at: datetime,
    tell: bool = True,
) -> PackagingRequest:
    """Grant a request: `granted` by key of the line, in full where it says nothing. Sets it aside.

    Raises:
        ConflictOfInterest: it is the officer's own company.
        SettledAlready: it was decided a moment before.
        NotEnough: stock or quota have less.
        PackagingRefused: nothing is granted, more than asked, cut without a reason, or the licence ended.
    """
    request = _undecided(request, by=by)
    lines = list(request.lines.select_related("item__region", "item__successor", "item__product"))
    _grant(lines, granted, reason=reason)
    granted_lines = [line for line in lines if line.granted]
    require_permit(request.licence, [line.item for line in granted_lines], on=timezone.localdate(at))
    promise(request.licence, {line.item: line.granted or 0 for line in granted_lines})
    PackagingRequestLine.objects.bulk_update(lines, ["granted"])
    request.state, request.keep_until = State.APPROVED, timezone.localdate(at) + KEPT
    _decide(request, reason=reason, by=by, at=at)
    verb = "cut" if any(line.is_cut for line in lines) else "approved"
    record_act(request, verb, by=by, at=at, note=reason.strip())
    if tell:
        transaction.on_commit(lambda: tell_answer(request, kind=f"packaging_{verb}", at=at))
    return request


@transaction.atomic
def refuse_request(*, request: PackagingRequest, reason: str, by: User, at: datetime) -> PackagingRequest:
    """Refuse a request.

    Raises:
        ConflictOfInterest: it is the officer's own company.
        SettledAlready: it was decided a moment before.
        PackagingRefused: without a reason.
    """
    request = _undecided(request, by=by)
    if not reason.strip():
        raise PackagingRefused(_("Write why: the member reads it."))
    request.state = State.REFUSED
    _decide(request, reason=reason, by=by, at=at)
    record_act(request, "refused", by=by, at=at, note=reason.strip())
    transaction.on_commit(lambda: tell_answer(request, kind="packaging_refused", at=at))
    return request


def _undecided(request: PackagingRequest, *, by: User) -> PackagingRequest:
    """Return it locked, as long as nobody has decided."""
    refuse_own(by, member=request.member, applicant=request.asked_by)
    request = locked_request(request)
    if request.state != State.SUBMITTED:
        raise SettledAlready(_words_of_the_first(request))
    return request


def _words_of_the_first(request: PackagingRequest) -> str:
    words = {"who": request.decided_by, "state": state_of(request)}
    if request.decided_by is not None:
        return _("%(who)s was first: %(state)s.") % words
    return _("This request is closed already: %(state)s.") % words


def _grant(lines: list[PackagingRequestLine], granted: Mapping[int, int], *, reason: str) -> None:
    for line in lines:
        line.granted = granted.get(line.pk, line.asked)
        if not 0 <= line.granted <= line.asked:
            raise PackagingRefused(
                _("Of %(item)s %(asked)d were asked for; grant that or less.")
                % {"item": line.item, "asked": line.asked}
            )
    if not any(line.granted for line in lines):
        raise PackagingRefused(_("Nothing would be granted. Refuse the request instead, with the reason."))
    if any(line.is_cut for line in lines) and not reason.strip():
        raise PackagingRefused(_("Write why less is granted: the member reads it."))


def _decide(request: PackagingRequest, *, reason: str, by: User, at: datetime) -> None:
    request.reason, request.decided_by, request.decided_at = reason.strip(), by, at
    request.save(update_fields=["state", "reason", "decided_by", "decided_at", "keep_until"])
