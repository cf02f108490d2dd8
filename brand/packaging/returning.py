"""Returning: announced by the member, counted at the store. What is good goes back on the shelf."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from brand.licences.models import Licence
from brand.members.interests import refuse_own
from brand.members.models import Member
from brand.packaging.holdings import PackagingHolding
from brand.packaging.items import PackagingItem
from brand.packaging.movements import PackagingMovement
from brand.packaging.numbers import Paper, new_number
from brand.packaging.posting import post
from brand.packaging.quotas import PackagingQuota
from brand.packaging.refusals import NotEnough, PackagingRefused, SettledAlready
from brand.packaging.returns import PackagingReturn
from brand.telling import tell_officers

Kind = PackagingMovement.Kind
State = PackagingReturn.State


@transaction.atomic
def announce_return(
    *,
    member: Member,
    item: PackagingItem,
    quantity: int,
    note: str,
    by: User | None,
    at: datetime,
    tell: bool = True,
) -> PackagingReturn:
    """Say that so many will be brought back. Nothing moves until they are counted at the store.

    Raises:
        PackagingRefused: nothing.
        SettledAlready: as many are announced and have not come yet.
        NotEnough: the member has less that is not announced already.
    """
    if quantity < 1:
        raise PackagingRefused(_("A quantity begins with 1."))
    # the lock keeps two announcements at once from promising the same boxes
    holding = PackagingHolding.objects.select_for_update().filter(member=member, item=item).first()
    announced = PackagingReturn.objects.filter(member=member, item=item, state=State.ANNOUNCED)
    if announced.filter(quantity=quantity).exists():
        raise SettledAlready(_("This return is announced already."))
    waiting = announced.aggregate(sum=Sum("quantity"))["sum"] or 0
    left = (holding.remaining if holding else 0) - waiting
    if left < quantity:
        raise NotEnough(
            _("%(member)s has %(left)d %(unit)s of %(item)s left, that is less than %(asked)d.")
            % {"member": member, "left": max(left, 0), "unit": item.unit, "item": item, "asked": quantity}
        )
    back = PackagingReturn.objects.create(
        member=member, item=item, quantity=quantity, note=note.strip(), announced_by=by, announced_at=at
    )
    if tell:
        transaction.on_commit(lambda: _tell_officers(back, at=at))
    return back


def withdraw_return(*, back: PackagingReturn) -> None:
    """Keep the goods after all.

    Raises:
        SettledAlready: they were taken back, or it was withdrawn before.
    """
    # compare-and-set: of a counter that takes them and a member that thinks better of it, one wins
    waiting = PackagingReturn.objects.filter(pk=back.pk, state=State.ANNOUNCED)
    if not waiting.update(state=State.WITHDRAWN):
        raise SettledAlready(_("This return is closed already."))


@transaction.atomic
def take_back(*, back: PackagingReturn, good: int, damaged: int, by: User, at: datetime) -> PackagingReturn:
    """Count what came back: what is good goes on the shelf and frees quota, what is damaged is spoiled.

    Raises:
        ConflictOfInterest: it is the officer's own company.
        SettledAlready: it was taken back or withdrawn a moment before.
        PackagingRefused: nothing came, or more than was announced.
        NotEnough: the member reported most of it as used meanwhile.
    """
    refuse_own(by, member=back.member)
    back = (
        PackagingReturn.objects.select_for_update(of=("self",))
        .select_related("member", "item__region")
        .get(pk=back.pk)
    )
    if back.state != State.ANNOUNCED:
        raise SettledAlready(_("This return is closed already."))
    if min(good, damaged) < 0 or not 0 < good + damaged <= back.quantity:
        raise PackagingRefused(
            _("%(count)d were announced: good and damaged together are that many at most, and at least one.")
            % {"count": back.quantity}
        )
    number = new_number(Paper.RETURN, region=back.item.region, at=at)
    facts: dict[str, Any] = {
        "item": back.item,
        "number": number,
        "member": back.member,
        "note": back.note,
        "by": by,
        "at": at,
    }
    for licence_id, count in _free_quota(back, good=good):
        post(kind=Kind.RETURN, quantity=count, licence=licence_id, **facts)
    if damaged:
        post(kind=Kind.LOSS, quantity=damaged, **facts)
    back.state, back.good, back.damaged, back.number = State.TAKEN, good, damaged, number
    back.taken_by, back.taken_at = by, at
    back.save(update_fields=["state", "good", "damaged", "number", "taken_by", "taken_at"])
    return back


@transaction.atomic
def take_back_at_once(
    *, member: Member, item: PackagingItem, good: int, damaged: int, note: str, by: User, at: datetime
) -> PackagingReturn:
    """Take back at the counter what nobody announced.

    Raises:
        ConflictOfInterest: it is the officer's own company.
        PackagingRefused: as for announcing and taking back.
    """
    facts: dict[str, Any] = {"member": member, "item": item, "quantity": good + damaged, "note": note}
    back = announce_return(**facts, by=by, at=at, tell=False)
    return take_back(back=back, good=good, damaged=damaged, by=by, at=at)


def _free_quota(back: PackagingReturn, *, good: int) -> list[tuple[Licence, int]]:
    """Give back what was taken, of the newest licence first; return how many of which licence."""
    quotas = PackagingQuota.objects.select_for_update(of=("self",)).select_related("licence")
    freed = []
    for quota in quotas.filter(licence__member=back.member, item=back.item, taken__gt=0).order_by(
        "-licence__valid_from", "-pk"
    ):
        count = min(good, quota.taken)
        if not count:
            break
        PackagingQuota.objects.filter(pk=quota.pk).update(taken=F("taken") - count)
        freed.append((quota.licence, count))
        good -= count
    if good:
        raise NotEnough(
            _("%(member)s took less of %(item)s than would come back.")
            % {"member": back.member, "item": back.item}
        )
    return freed


def _tell_officers(back: PackagingReturn, *, at: datetime) -> None:
    tell_officers(
        kind="packaging_return",
        context={
            "member": back.member.name,
            "item": str(back.item),
            "count": back.quantity,
            "unit": back.item.unit,
        },
        at=at,
        key=f"packaging-return:{back.pk}",
        url=reverse("brand-packaging-returns:desk", args=[back.pk]),
    )
