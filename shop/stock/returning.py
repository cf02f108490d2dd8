"""Goods come back: into the lots they came from, for sale again or written off."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from shop.order.models import Line
from shop.partner.models import StockRecord
from shop.stock.lots import StockLot
from shop.stock.movements import StockMovement
from shop.stock.posting import first_lot, hold, post
from shop.stock.refusals import NothingWentOut

Kind = StockMovement.Kind


@transaction.atomic
def put_back(
    *,
    stockrecord: StockRecord,
    quantity: int,
    at: datetime,
    by: User | None,
    line: Line | None = None,
    good: bool = True,
    note: str = "",
) -> list[StockMovement]:
    """Take `quantity` pieces back and return the movements. What is not `good` is written off at once.

    Pieces of an order's `line` go into the lots they left, the last taken first. Pieces that were only
    promised and never left are not put back but released (`reserving.release`).

    Raises:
        NothingWentOut: fewer of the line are out there; nothing moved.
    """
    if quantity < 1:
        raise ValueError(f"{quantity} pieces cannot come back")
    held = hold(stockrecord, at=at)
    shares = list(_shares(held, quantity, line=line, at=at))
    moved = []
    for lot, share in shares:
        moved.append(post(held, lot, Kind.RETURN, share, at=at, by=by, line=line, note=note))
        if not good:
            words = note or _("came back unfit for sale")
            moved.append(post(held, lot, Kind.LOSS, -share, at=at, by=by, line=line, note=words))
    return moved


def _shares(
    held: StockRecord, quantity: int, *, line: Line | None, at: datetime
) -> Iterator[tuple[StockLot, int]]:
    if line is None:
        yield first_lot(held, at=at), quantity
        return
    for lot, out in _out_there(held, line):
        share = min(out, quantity)
        yield lot, share
        quantity -= share
        if not quantity:
            return
    raise NothingWentOut(_("%(left)d more would come back than were sent.") % {"left": quantity})


def _out_there(held: StockRecord, line: Line) -> Iterator[tuple[StockLot, int]]:
    """Yield the lots of a line with how many of them are at the buyer, the last taken first."""
    moves = StockMovement.objects.filter(stockrecord=held, order_line=line).exclude(kind=Kind.LOSS)
    out: dict[int, int] = {}
    lots: dict[int, StockLot] = {}
    for move in moves.select_related("lot").order_by("entry"):
        lots.setdefault(move.lot_id, move.lot)
        out[move.lot_id] = out.pop(move.lot_id, 0) - move.quantity
    for key in reversed(out):
        if out[key] > 0:
            yield lots[key], out[key]
