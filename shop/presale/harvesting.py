"""The harvest is in: stock is promised to every booking at once, and the balances fall due."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.utils.translation import gettext as _

from accounts.models import User
from shop.order.models import Order
from shop.partner.models import StockRecord
from shop.payments.models import Due
from shop.presale.balances import fall_due
from shop.presale.models import Booking, Presale
from shop.presale.states import PresaleRefused, move
from shop.presale.telling import tell_balance
from shop.stock.reserving import SoldOut, reserve


def open_balances(*, presale: Presale, at: datetime, by: User | None) -> int:
    """Let the balances be paid from now, and return of how many bookings.

    Every booking gets its pieces promised first, in one step: the harvest has to be in stock before. What
    is beyond is then sold to everybody. Locks the pre-sale, then the stock; the orders only afterwards, each
    by itself, because cancelling an order locks it before the pre-sale.

    Raises:
        PresaleRefused: less is in stock than is booked, or it has moved on meanwhile.
    """
    until = at + timedelta(days=presale.balance_days)
    with transaction.atomic():
        move(
            presale, Presale.State.HARVEST, verb="harvested", at=at, by=by,
            balance_from=at, balance_until=until,
        )  # fmt: skip
        held = Booking.objects.filter(presale=presale, held=True)
        _promise(presale, held.aggregate(pieces=Sum("quantity"))["pieces"] or 0)
    return let_fall_due(presale, at=at)


def let_fall_due(presale: Presale, *, at: datetime) -> int:
    """Make the balances due that are not yet, and tell the buyers; return how many. Twice does no more."""
    told = 0
    for booking in without_balance(presale).select_related("order__user", "presale"):
        if fall_due(order=booking.order, presale=presale):
            tell_balance(booking, at=at)
            told += 1
    return told


def without_balance(presale: Presale) -> QuerySet[Booking]:
    """Return the bookings whose deposit is paid and whose balance was not made due."""
    balances = Due.objects.filter(order=OuterRef("order"), kind=Due.Kind.BALANCE)
    reserved = Booking.objects.filter(presale=presale, held=True, order__state=Order.State.RESERVED)
    return reserved.filter(~Exists(balances))


def _promise(presale: Presale, pieces: int) -> None:
    record = StockRecord.objects.filter(product=presale.article_id).order_by("pk").first()
    if not pieces:
        return
    if record is None:
        raise PresaleRefused(_("The article has no price yet."))
    try:
        reserve(stockrecord=record, quantity=pieces)
    except SoldOut as short:
        facts = {"booked": pieces, "left": short.left}
        text = _("%(booked)d are booked, %(left)d are in stock. Enter what the harvest brought in first.")
        raise PresaleRefused(text % facts) from short
