"""Leaving the store: an approved request is picked up, or goods are handed out at the counter at once."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.licences.models import Licence
from brand.members.interests import refuse_own
from brand.packaging.asking import ask_for_packaging, granted_by, locked_request, state_of
from brand.packaging.deciding import approve_request
from brand.packaging.movements import PackagingMovement
from brand.packaging.numbers import Paper, new_number
from brand.packaging.permits import require_permit
from brand.packaging.posting import post
from brand.packaging.promising import Quantities, in_order, release
from brand.packaging.quotas import PackagingQuota
from brand.packaging.refusals import PackagingRefused, SettledAlready
from brand.packaging.requests import PackagingRequest

State = PackagingRequest.State


@transaction.atomic
def pick_up(*, request: PackagingRequest, collector: str, by: User, at: datetime) -> PackagingRequest:
    """Hand out what was granted, against the name of who takes it along.

    The licence is asked again, locked: a suspension of a moment before is seen here, one that comes now
    waits and finds the goods gone.

    Raises:
        ConflictOfInterest: it is the officer's own company.
        SettledAlready: it is not waiting to be picked up.
        PackagingRefused: licence or artwork ended since, or nobody is named.
        NotEnough: a stock-take found less than was promised.
    """
    refuse_own(by, member=request.member)
    request = locked_request(request)
    if request.state != State.APPROVED:
        raise SettledAlready(
            _("This is not waiting to be picked up: %(state)s.") % {"state": state_of(request)}
        )
    if not collector.strip():
        raise PackagingRefused(_("Write who takes it along."))
    licence = (
        Licence.objects.select_for_update(of=("self",)).select_related("region").get(pk=request.licence_id)
    )
    granted = granted_by(request)
    wanted = in_order(granted)
    require_permit(licence, [item for item, _count in wanted], on=timezone.localdate(at))
    number = new_number(Paper.ISSUE, region=licence.region, at=at)
    release(licence, granted)
    for item, count in wanted:
        PackagingQuota.objects.filter(licence=licence, item=item).update(taken=F("taken") + count)
        post(
            item=item,
            kind=PackagingMovement.Kind.ISSUE,
            quantity=count,
            number=number,
            member=request.member,
            licence=licence,
            note=collector,
            by=by,
            at=at,
        )
    request.state, request.note_number = State.PICKED_UP, number
    request.collector, request.picked_up_at = collector.strip(), at
    request.save(update_fields=["state", "note_number", "collector", "picked_up_at"])
    record_act(request, "picked_up", by=by, at=at, note=collector.strip())
    return request


@transaction.atomic
def hand_out(
    *, licence: Licence, quantities: Quantities, collector: str, by: User, at: datetime
) -> PackagingRequest:
    """Hand out at the counter without a request beforehand: asked, granted and picked up in one.

    Raises:
        ConflictOfInterest: it is the officer's own company.
        PackagingRefused: as for asking, approving and picking up.
    """
    refuse_own(by, member=licence.member)
    request = ask_for_packaging(
        member=licence.member,
        licence=licence,
        quantities=quantities,
        wish="",
        by=None,
        at=at,
        tell=False,
    )
    request = approve_request(request=request, granted={}, reason="", by=by, at=at, tell=False)
    return pick_up(request=request, collector=collector, by=by, at=at)
