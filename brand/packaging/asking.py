"""Asking: a member asks for packaging under one of its licences, and may think better of it."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.licences.models import Licence
from brand.members.models import Member
from brand.packaging.items import PackagingItem
from brand.packaging.numbers import Paper, new_number
from brand.packaging.permits import reasons_against_item, reasons_against_licence
from brand.packaging.promising import Quantities, in_order, refuse_beyond_quota, release
from brand.packaging.quotas import PackagingQuota
from brand.packaging.refusals import PackagingRefused, SettledAlready, refuse_if
from brand.packaging.requests import PackagingRequest, PackagingRequestLine
from brand.telling import tell_officers

State = PackagingRequest.State


@transaction.atomic
def ask_for_packaging(
    *,
    member: Member,
    licence: Licence,
    quantities: Quantities,
    wish: str,
    by: User | None,
    at: datetime,
    tell: bool = True,
) -> PackagingRequest:
    """Hand in a request and tell the officers (unless they made it themselves at the counter).

    Nothing is set aside yet: that is what the answer does.

    Raises:
        PackagingRefused: nothing is asked for, or licence, artwork or quota stand against it.
        SettledAlready: the same was asked for and waits.
    """
    licence = Licence.objects.get(pk=licence.pk)  # as it stands now, not as the form was filled in
    if licence.member_id != member.pk:
        raise PackagingRefused(_("This licence belongs to another member."))
    wanted = in_order(quantities)
    if not wanted:
        raise PackagingRefused(_("Write how many you need of at least one item."))
    refuse_if(_reasons(licence, wanted=quantities, on=timezone.localdate(at)))
    number = new_number(Paper.REQUEST, region=licence.region, at=at)
    _refuse_twice(licence, wanted=wanted)
    request = PackagingRequest.objects.create(
        number=number, member=member, licence=licence, wish=wish.strip(), asked_by=by, asked_at=at
    )
    PackagingRequestLine.objects.bulk_create(
        PackagingRequestLine(request=request, item=item, asked=count) for item, count in wanted
    )
    record_act(request, "submitted", by=by, at=at)
    if tell:
        transaction.on_commit(lambda: _tell_officers(request, at=at))
    return request


@transaction.atomic
def withdraw_request(*, request: PackagingRequest, by: User | None, at: datetime) -> None:
    """Take a request back that was not picked up yet; what was set aside is free again.

    Raises:
        SettledAlready: it was picked up, refused, withdrawn or lapsed.
    """
    request = locked_request(request)
    if request.state not in PackagingRequest.OPEN:
        raise SettledAlready(_("This request is closed already: %(state)s.") % {"state": state_of(request)})
    give_up(request, State.WITHDRAWN)
    record_act(request, "withdrawn", by=by, at=at)


def locked_request(request: PackagingRequest) -> PackagingRequest:
    """Return the request as it stands, locked: whoever comes second sees what the first one did."""
    found = PackagingRequest.objects.select_for_update(of=("self",)).select_related(
        "member", "licence__region"
    )
    return found.get(pk=request.pk)


def granted_by(request: PackagingRequest) -> Quantities:
    """Return what was granted, by item. One query."""
    return {line.item: line.granted or 0 for line in request.lines.select_related("item__region")}


def give_up(request: PackagingRequest, state: State) -> None:
    """Close a locked request without handing anything out."""
    if request.state == State.APPROVED:
        release(request.licence, granted_by(request))
    request.state = state
    request.save(update_fields=["state"])


def state_of(request: PackagingRequest) -> str:
    """Return the words for where it stands."""
    return str(State(request.state).label)


def _reasons(licence: Licence, *, wanted: Quantities, on: date) -> Iterator[str]:
    yield from reasons_against_licence(licence, on=on)
    covered = set(licence.products.values_list("pk", flat=True))
    quotas = {quota.item_id: quota for quota in PackagingQuota.objects.filter(licence=licence)}
    for item, asked in in_order(wanted):
        yield from reasons_against_item(item, licence=licence, covered=covered, on=on)
        try:
            refuse_beyond_quota(quotas.get(item.pk), item=item, licence=licence, asked=asked)
        except PackagingRefused as refused:
            yield from map(str, refused.reasons)


def _refuse_twice(licence: Licence, *, wanted: list[tuple[PackagingItem, int]]) -> None:
    """Refuse what waits for an answer already: a form sent twice. The series of numbers is locked by now."""
    same = {(item.pk, count) for item, count in wanted}
    waiting = PackagingRequest.objects.filter(licence=licence, state=State.SUBMITTED).prefetch_related(
        "lines"
    )
    for request in waiting:
        if {(line.item_id, line.asked) for line in request.lines.all()} == same:
            raise SettledAlready(
                _("Request %(number)s asks for the same and waits for its answer.")
                % {"number": request.number}
            )


def _tell_officers(request: PackagingRequest, *, at: datetime) -> None:
    tell_officers(
        kind="packaging_asked",
        context={"member": request.member.name, "number": request.number},
        at=at,
        key=f"packaging-asked:{request.pk}",
        url=reverse("brand-packaging-requests:desk", args=[request.pk]),
    )
