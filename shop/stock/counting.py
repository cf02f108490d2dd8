"""Counting: a stock-take begins, numbers are entered, and it is closed with every difference explained."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from shop.partner.models import Partner, StockRecord
from shop.stock.lots import StockLot
from shop.stock.movements import StockMovement
from shop.stock.numbers import Paper, new_number
from shop.stock.places import StockPlace
from shop.stock.posting import hold, post
from shop.stock.refusals import NotEnough, SettledAlready, StockRefused
from shop.stock.takes import StockCount, StockTake

Entered = tuple[int | None, str]  # what was counted, and why it differs


def open_take(*, partner: Partner, place: StockPlace, by: User | None, at: datetime) -> StockTake:
    """Begin a stock-take over all a seller has in a place.

    Raises:
        SettledAlready: one is open already.
        StockRefused: nothing of the seller lies there.
    """
    try:
        with transaction.atomic():
            for stockrecord in partner.stockrecords.exclude(num_in_stock=None).order_by("pk"):
                hold(stockrecord, at=at)  # the books say what is for sale before they are counted against
            take = StockTake.objects.create(
                number=new_number(Paper.COUNT, at=at),
                partner=partner,
                place=place,
                opened_by=by,
                opened_at=at,
            )
            if not _lay_out(take):
                raise StockRefused(_("There is nothing to count here."))
            record_act(take, "opened", by=by, at=at)
    except IntegrityError:
        # of two who begin at once the constraint lets one through
        raise SettledAlready(_("A stock-take is open here already. Close that one first.")) from None
    return take


@transaction.atomic
def enter_counts(*, take: StockTake, entered: Mapping[int, Entered]) -> None:
    """Keep what was counted so far, by key of the count. A new number is set against the books of now.

    Raises:
        SettledAlready: it was closed meanwhile.
    """
    take = _open(take)
    counts = list(take.counts.select_related("lot"))
    for count in counts:
        counted, reason = entered.get(count.pk, (count.counted, count.reason))
        if counted is not None and counted != count.counted:
            count.expected = count.lot.remaining
        count.counted, count.reason = counted, reason.strip()
    StockCount.objects.bulk_update(counts, ["expected", "counted", "reason"])


@transaction.atomic
def close_take(*, take: StockTake, by: User | None, at: datetime) -> list[StockMovement]:
    """Close it: every difference becomes a movement. What was not counted stays as it is.

    Raises:
        SettledAlready: it was closed a moment before.
        StockRefused: nothing was counted, or a difference is not explained.
        NotEnough: fewer would be left than are promised to orders.
    """
    take = _open(take)
    counts = take.counts.exclude(counted=None).select_related("lot__stockrecord__product")
    counted = list(counts.order_by("lot__stockrecord_id", "pk"))
    if not counted:
        raise StockRefused(_("Nothing is counted yet."))
    different = [count for count in counted if count.difference]
    unexplained = [str(count.lot.stockrecord.called) for count in different if not count.reason]
    if unexplained:
        raise StockRefused(_("Write why these differ: %(items)s.") % {"items": "、".join(unexplained)})
    moved = [_settle(count, number=take.number, by=by, at=at) for count in different]
    take.closed_by, take.closed_at = by, at
    take.save(update_fields=["closed_by", "closed_at"])
    record_act(take, "closed", by=by, at=at, detail={"differences": len(moved)})
    return moved


def _lay_out(take: StockTake) -> list[StockCount]:
    lots = StockLot.objects.there().filter(stockrecord__partner=take.partner, place=take.place)
    return StockCount.objects.bulk_create(
        StockCount(take=take, lot=lot, expected=lot.remaining) for lot in lots.order_by("pk")
    )


def _open(take: StockTake) -> StockTake:
    """Return it locked: whoever closes second is told."""
    found = StockTake.objects.select_for_update(of=("self",)).get(pk=take.pk)
    if found.closed_at is not None:
        raise SettledAlready(_("This stock-take was closed already."))
    return found


def _settle(count: StockCount, *, number: str, by: User | None, at: datetime) -> StockMovement:
    held = hold(count.lot.stockrecord, at=at)
    lot = StockLot.objects.get(pk=count.lot_id)
    if lot.remaining + count.difference < 0 or not _covers_promises(held, count.difference):
        raise _too_few(held)
    kind = StockMovement.Kind.COUNT
    return post(held, lot, kind, count.difference, at=at, by=by, number=number, note=count.reason)


def _covers_promises(held: StockRecord, change: int) -> bool:
    return (held.num_in_stock or 0) + change >= (held.num_allocated or 0)


def _too_few(held: StockRecord) -> NotEnough:
    text = _("%(title)s: fewer would be left than are promised to orders. Cancel or refund one first.")
    left = (held.num_in_stock or 0) - (held.num_allocated or 0)
    return NotEnough(text % {"title": held.called}, left)
