"""Counting: a stock-take begins, numbers are entered, and it is closed with every difference explained."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.packaging.items import PackagingItem
from brand.packaging.movements import PackagingMovement
from brand.packaging.numbers import Paper, new_number
from brand.packaging.posting import post
from brand.packaging.refusals import PackagingRefused, SettledAlready
from brand.packaging.stock import PackagingStock
from brand.packaging.takes import StockCount, StockTake
from brand.regions.models import Region

Entered = tuple[int | None, str]  # what was counted, and why it differs


def open_take(*, region: Region, by: User | None, at: datetime) -> StockTake:
    """Begin a stock-take over all items of a county.

    Raises:
        SettledAlready: one is open already.
        PackagingRefused: the county has no items.
    """
    try:
        with transaction.atomic():
            number = new_number(Paper.COUNT, region=region, at=at)
            take = StockTake.objects.create(number=number, region=region, opened_by=by, opened_at=at)
            if not _lay_out(take):
                raise PackagingRefused(_("There is nothing to count: this county has no packaging yet."))
            record_act(take, "opened", by=by, at=at)
    except IntegrityError:
        # of two who begin at once the constraint lets one through
        raise SettledAlready(
            _("A stock-take of this county is open already. Close that one first.")
        ) from None
    return take


@transaction.atomic
def enter_counts(*, take: StockTake, entered: Mapping[int, Entered]) -> None:
    """Keep what was counted so far, by key of the count. A new number is set against the books of now.

    Raises:
        SettledAlready: it was closed meanwhile.
    """
    take = _open(take)
    counts = list(take.counts.select_related("item"))
    stocks = _remaining([count.item for count in counts])
    for count in counts:
        counted, reason = entered.get(count.pk, (count.counted, count.reason))
        if counted is not None and counted != count.counted:
            count.expected = stocks[count.item_id]
        count.counted, count.reason = counted, reason.strip()
    StockCount.objects.bulk_update(counts, ["expected", "counted", "reason"])


@transaction.atomic
def close_take(*, take: StockTake, by: User | None, at: datetime) -> list[PackagingMovement]:
    """Close it: every difference becomes a movement. What was not counted stays as it is.

    Raises:
        SettledAlready: it was closed a moment before.
        PackagingRefused: nothing was counted, or a difference is not explained.
        NotEnough: more left since than the count leaves; count that item again.
    """
    take = _open(take)
    counts = list(take.counts.exclude(counted=None).select_related("item__region").order_by("item_id"))
    if not counts:
        raise PackagingRefused(_("Nothing is counted yet."))
    different = [count for count in counts if count.difference]
    unexplained = [str(count.item) for count in different if not count.reason]
    if unexplained:
        raise PackagingRefused(_("Write why these differ: %(items)s.") % {"items": "、".join(unexplained)})
    moved = [_settle(count, number=take.number, by=by, at=at) for count in different]
    take.closed_by, take.closed_at = by, at
    take.save(update_fields=["closed_by", "closed_at"])
    record_act(take, "closed", by=by, at=at, detail={"differences": len(moved)})
    return moved


def _lay_out(take: StockTake) -> list[StockCount]:
    items = PackagingItem.objects.filter(region=take.region).select_related("stock").order_by("pk")
    return StockCount.objects.bulk_create(
        StockCount(take=take, item=item, expected=item.stock.remaining) for item in items
    )


def _open(take: StockTake) -> StockTake:
    """Return it locked: whoever closes second is told."""
    found = StockTake.objects.select_for_update(of=("self",)).get(pk=take.pk)
    if found.closed_at is not None:
        raise SettledAlready(_("This stock-take was closed already."))
    return found


def _remaining(items: list[PackagingItem]) -> dict[int, int]:
    stocks = PackagingStock.objects.filter(item__in=items)
    return dict(stocks.values_list("item_id", "remaining"))


def _settle(count: StockCount, *, number: str, by: User | None, at: datetime) -> PackagingMovement:
    return post(
        item=count.item,
        kind=PackagingMovement.Kind.COUNT,
        quantity=count.difference,
        number=number,
        note=count.reason,
        by=by,
        at=at,
    )
