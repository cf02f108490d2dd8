"""The hour strikes: pages that are kept learn that a campaign, promotion or coupon began or ended."""

from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.db.models import Q

from changes.models import Change
from changes.outbox import record
from shop.offer.models import ConditionalOffer
from shop.promotions.models import Campaign
from shop.voucher.models import Voucher

LOOK_BACK = timedelta(days=2)  # what a stop of the worker missed


def tell_turns(*, at: datetime) -> int:
    """Record the change of everything that began or ended since it was last told; return how many.

    Idempotent: the outbox itself remembers what was told since.
    """
    told = 0
    for thing, turned_at in _turned(at=at):
        name = f"{thing._meta.label_lower}:{thing.pk}"
        if not Change.objects.filter(thing=name, at__gte=turned_at).exists():
            record(thing, region=thing.region.slug if thing.region else "")
            told += 1
    return told


def _turned(*, at: datetime) -> list[tuple[Any, datetime]]:
    """Return what began or ended lately, with the last moment it did."""
    since = at - LOOK_BACK
    found = chain(
        _between(Campaign, "starts_at", "ends_at", since, at),
        _between(ConditionalOffer, "start_datetime", "end_datetime", since, at),
        _between(Voucher, "start_datetime", "end_datetime", since, at),
    )
    return [(thing, max(moment for moment in moments if moment and moment <= at)) for thing, moments in found]


def _between(
    model: Any, starts: str, ends: str, since: datetime, at: datetime
) -> list[tuple[Any, tuple[datetime | None, datetime | None]]]:
    lately = Q(**{f"{starts}__gt": since, f"{starts}__lte": at}) | Q(
        **{f"{ends}__gt": since, f"{ends}__lte": at}
    )
    rows = model.objects.filter(lately).select_related("region")
    return [(row, (getattr(row, starts), getattr(row, ends))) for row in rows]
