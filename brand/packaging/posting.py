"""Posting: the one way a movement gets into the ledger, with the sums that follow from it."""

from datetime import datetime
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from brand.licences.models import Licence
from brand.members.models import Member
from brand.packaging.holdings import PackagingHolding
from brand.packaging.items import PackagingItem
from brand.packaging.low import mark_low
from brand.packaging.movements import PackagingMovement
from brand.packaging.refusals import NotEnough
from brand.packaging.stock import PackagingStock

Kind = PackagingMovement.Kind
# which sums of the stock and of the holding a kind adds to
_STOCK_FIELD = {
    Kind.RECEIPT: "received",
    Kind.RETURN: "returned",
    Kind.ISSUE: "issued",
    Kind.SPOILAGE: "spoiled",
    Kind.COUNT: "adjusted",
}
_HOLDING_FIELD = {
    Kind.ISSUE: "issued",
    Kind.RETURN: "returned",
    Kind.USE: "used",
    Kind.LOSS: "spoiled",
}


def post(
    *,
    item: PackagingItem,
    kind: PackagingMovement.Kind,
    quantity: int,
    number: str,
    at: datetime,
    by: User | None,
    member: Member | None = None,
    licence: Licence | None = None,
    note: str = "",
) -> PackagingMovement:
    """Write one movement and its sums; call it in the transaction of the act, items in order of their keys.

    The lock on the stock row puts all movements of an item in a row, those of members' holdings of it too;
    the order of the keys keeps two acts on several items from waiting for each other crosswise.

    Raises:
        NotEnough: the stock or the holding has less.
    """
    stock = PackagingStock.objects.select_for_update().get(item=item)
    before = stock.remaining
    _move_stock(stock, item=item, kind=kind, quantity=quantity)
    if kind in PackagingMovement.OF_MEMBER and member is not None:
        _move_holding(member, item=item, kind=kind, quantity=quantity)
    stock.place += 1
    mark_low(stock, item=item, at=at)
    stock.save()
    return PackagingMovement.objects.create(
        item=item,
        place=stock.place,
        kind=kind,
        quantity=quantity,
        before=before,
        after=stock.remaining,
        number=number,
        member=member,
        licence=licence,
        price=_price(item, kind),
        note=note.strip(),
        by=by,
        at=at,
    )


def _move_stock(
    stock: PackagingStock, *, item: PackagingItem, kind: PackagingMovement.Kind, quantity: int
) -> None:
    if kind in PackagingMovement.AT_MEMBER:
        return
    change = -quantity if kind in PackagingMovement.OUT_OF_STOCK else quantity
    if stock.remaining + change < 0:
        raise NotEnough(
            _("In stock of %(item)s: %(left)d %(unit)s, that is less than %(asked)d.")
            % {"item": item, "left": stock.remaining, "unit": item.unit, "asked": abs(quantity)}
        )
    field = _STOCK_FIELD[kind]
    setattr(stock, field, getattr(stock, field) + quantity)
    stock.remaining += change


def _move_holding(
    member: Member, *, item: PackagingItem, kind: PackagingMovement.Kind, quantity: int
) -> None:
    """Add to a member's sums. The stock row is locked, so nobody else touches them."""
    holding, _new = PackagingHolding.objects.get_or_create(member=member, item=item)
    change = quantity if kind == Kind.ISSUE else -quantity
    if holding.remaining + change < 0:
        raise NotEnough(
            _("%(member)s has %(left)d %(unit)s of %(item)s left, that is less than %(asked)d.")
            % {
                "member": member,
                "left": holding.remaining,
                "unit": item.unit,
                "item": item,
                "asked": quantity,
            }
        )
    field = _HOLDING_FIELD[kind]
    PackagingHolding.objects.filter(pk=holding.pk).update(
        **{field: F(field) + quantity, "remaining": F("remaining") + change}
    )


def _price(item: PackagingItem, kind: PackagingMovement.Kind) -> Decimal | None:
    """Return what one costs the member: kept with the line, because prices change."""
    return item.price if kind in (Kind.ISSUE, Kind.RETURN) else None
