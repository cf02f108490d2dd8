"""Reads of the packaging of one member. Each says how many queries it makes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Q, QuerySet

from brand.models import (
    Licence,
    Member,
    PackagingHolding,
    PackagingMovement,
    PackagingQuota,
    PackagingRequest,
    PackagingReturn,
)

REPORTED_EVERY = timedelta(days=30)  # how long packaging lies with a member before the desk asks about it


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be asked for under one licence."""

    licence: Licence
    quotas: list[PackagingQuota]  # of items that leave the store
    ended: list[PackagingQuota]  # of items whose artwork was replaced


def offers_of(member: Member, *, on: date) -> list[Offer]:
    """Return what the member may ask for, by licence in force, the newest first. One query."""
    rows = PackagingQuota.objects.filter(licence__in=Licence.objects.valid(on=on), licence__member=member)
    rows = rows.select_related("licence", "item__stock", "item__successor", "item__product").order_by(
        "-licence__valid_from", "licence_id", "item__name", "item_id"
    )
    found: dict[int, Offer] = {}
    for quota in rows:
        offer = found.setdefault(quota.licence_id, Offer(quota.licence, [], []))
        (offer.quotas if quota.item.may_leave(on=on) else offer.ended).append(quota)
    return list(found.values())


def holdings_of(member: Member) -> QuerySet[PackagingHolding]:
    """Return what the member took of each item, what it still has first. One query.

    `moved_at` is when something was last entered for it.
    """
    moved = Max("item__movements__at", filter=Q(item__movements__member=member))
    holdings = PackagingHolding.objects.filter(member=member).select_related("item")
    return holdings.annotate(moved_at=moved).order_by("-remaining", "item__name", "pk")


def to_report(holdings: Iterable[PackagingHolding], *, at: datetime) -> list[PackagingHolding]:
    """Return those that lie with the member without a word for longer than `REPORTED_EVERY`."""
    return [
        holding
        for holding in holdings
        if holding.remaining and at - holding.moved_at > REPORTED_EVERY  # type: ignore[attr-defined]
    ]


def requests_of(member: Member) -> QuerySet[PackagingRequest]:
    """Return the member's requests, newest first. 3 queries when evaluated."""
    requests = PackagingRequest.objects.filter(member=member).select_related("licence")
    return requests.prefetch_related("lines__item")


def returns_of(member: Member) -> QuerySet[PackagingReturn]:
    """Return what the member announced and has not brought yet. One query."""
    waiting = PackagingReturn.objects.filter(member=member, state=PackagingReturn.State.ANNOUNCED)
    return waiting.select_related("item")


def lines_of(member: Member, item: int) -> QuerySet[PackagingMovement]:
    """Return the ledger's lines about an item at the member, newest first. One query."""
    return PackagingMovement.objects.filter(member=member, item=item).order_by("-place")
