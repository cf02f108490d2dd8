"""Placing an order: from a priced basket to an order that waits for its payment, whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from brand.models import Region
from lib.prepared import PreparedInsert
from shop.order.models import Order
from shop.ordering.numbers import new_number
from shop.ordering.rows import add_address, add_rows
from shop.ordering.wanted import Buyer, Destination, Invoice, NewDue, Paying
from shop.payments.choosing import choose_first
from shop.payments.models import Due
from shop.presale.booking import Share, book
from shop.pricing import Quote
from shop.promotions.using import use as use_promotions
from shop.stock.reserving import reserve_all

Basket = get_model("basket", "Basket")
_insert_order, _insert_due = PreparedInsert(Order), PreparedInsert(Due)
PAY_WITHIN: Final = timedelta(minutes=30)
_DRAWS: Final = 3  # of a number; two of the same day meet once in a hundred million


class NotPlaced(ValueError):
    """The order was not placed and nothing was kept; the text says why in plain words."""


class NothingToOrder(NotPlaced):
    """The basket is empty, or nothing in it can be ordered."""


class NotAll(NotPlaced):
    """Something in the basket cannot be ordered now; the buyer decides about the rest."""


class BasketGone(NotPlaced):
    """The basket was ordered from another window."""


class TotalChanged(NotPlaced):
    """The total is no longer the one the buyer saw."""

    def __init__(self, *, was: Decimal, now: Decimal) -> None:
        text = _("The total was ¥%(was)s and is now ¥%(now)s. Look at it and order again if it suits you.")
        super().__init__(text % {"was": was, "now": now})
        self.was, self.now = was, now


def place_order(
    *,
    quote: Quote,
    buyer: Buyer,
    destination: Destination,
    region: Region | None,
    at: datetime,
    basket: Any = None,
    key: str | None = None,
    shown_total: Decimal | None = None,
    invoice: Invoice | None = None,
    note: str = "",
    kind: str = Order.Kind.RETAIL,
    dues: Sequence[NewDue] = (),
    pay_within: timedelta = PAY_WITHIN,
    share: Share | None = None,
    paying: Paying | None = None,
) -> Order:
    """Place the order of what `quote` says and promise its stock; return it, waiting for payment.

    `basket`, if any, is used up by it. `key` is of the form that was sent: sent twice it makes one order,
    and both get that one. Without `dues` the whole is due until `pay_within` from now. About eight queries.
    With a `share` of a harvest no stock is promised but the share is held, and its deposit is what is due.
    With `paying` the payment begins as well; where it cannot be paid so, it waits for another choice.

    Raises:
        NotPlaced: see its kinds.
        SoldOut: somebody else was faster with the last piece.
        NotBookable: the share of the harvest cannot be held.
        CouponRefused: a coupon it was priced with cannot be used any more.
    """
    _check(quote, shown_total)
    owed = list(dues) or [NewDue(Due.Kind.FULL, quote.total, closes_at=at + pay_within)]
    if share is not None:
        kind = Order.Kind.PRESALE
        owed = [NewDue(Due.Kind.DEPOSIT, share.deposit(quote), closes_at=at + pay_within)]
    asked = _Asked(quote, buyer, destination, basket, owed, invoice, share, paying)
    facts = {"region": region, "kind": kind, "checkout_key": key or None, "buyer_note": note}
    for _draw in range(_DRAWS):
        try:
            return _place(asked, at=at, pay_until=at + pay_within, **facts)
        except (IntegrityError, BasketGone):
            if earlier := _placed_before(key):
                return earlier
            if basket is not None and not _open(basket).exists():
                raise BasketGone(_("This basket was ordered already, in another window.")) from None
    raise NotPlaced(_("No order number was free. Try again."))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for, in one piece for the steps of placing."""

    quote: Quote
    buyer: Buyer
    destination: Destination
    basket: Any
    dues: list[NewDue]
    invoice: Invoice | None
    share: Share | None
    paying: Paying | None


@transaction.atomic
def _place(asked: _Asked, *, at: datetime, **facts: Any) -> Order:
    """Write everything, or nothing."""
    _use_up(asked.basket, at=at)
    order = _add_order(asked, at=at, **facts)
    add_rows(order, asked.quote)
    dues = _add_sums(order, asked)
    use_promotions(order=order, discounts=asked.quote.discounts, at=at)
    # last: what is locked here stays locked until the commit
    _promise(order, asked, at=at)
    if asked.paying is not None:
        way, visitor = asked.paying.way, asked.paying.visitor
        choose_first(order=order, dues=dues, way=way, visitor=visitor, at=at)
    return order


def _check(quote: Quote, shown_total: Decimal | None) -> None:
    if quote.undelivered:
        raise NotPlaced(quote.undelivered)
    if quote.left_out:
        first = quote.left_out[0]
        raise NotAll(f"{first.line.product.get_title()}: {first.why}")
    if not quote.lines:
        raise NothingToOrder(_("The basket is empty."))
    if shown_total is not None and shown_total != quote.total:
        raise TotalChanged(was=shown_total, now=quote.total)


def _open(basket: Any) -> Any:
    """Return the basket if nobody ordered it: open, or frozen, as that of one thing bought at once is."""
    return Basket.objects.filter(pk=basket.pk, status__in=[basket.OPEN, basket.FROZEN])


def _use_up(basket: Any, *, at: datetime) -> None:
    """Take the basket. Compare-and-set on its status: of two windows that order it at once one does."""
    if basket is not None and not _open(basket).update(status=basket.SUBMITTED, date_submitted=at):
        raise BasketGone


def _placed_before(key: str | None) -> Order | None:
    """Return the order the same form placed already."""
    return Order.objects.filter(checkout_key=key).first() if key else None


def _add_order(asked: _Asked, *, at: datetime, **facts: Any) -> Order:
    """Write the order and where it goes. Two queries."""
    quote, buyer, destination = asked.quote, asked.buyer, asked.destination
    order = Order(
        number=new_number(at=at),
        basket=asked.basket,
        user=buyer.user,
        phone=buyer.phone,
        guest_email="" if buyer.user else buyer.email,
        delivery=destination.delivery,
        pickup_point=destination.pickup_point,
        shipping_address=add_address(destination.address),
        shipping_incl_tax=quote.freight,
        shipping_excl_tax=quote.freight,
        total_incl_tax=quote.total,
        total_excl_tax=quote.total,
        date_placed=at,
        **facts,
    )
    return _insert_order(order)


def _add_sums(order: Order, asked: _Asked) -> list[Due]:
    """Write what is owed, and which invoice is wanted. One query, two with an invoice."""
    dues = [_insert_due(due.due_of(order)) for due in asked.dues]
    if asked.invoice is not None:
        asked.invoice.request_for(order).save(force_insert=True)
    return dues


def _promise(order: Order, asked: _Asked, *, at: datetime) -> None:
    """Promise the stock, or hold the share of the harvest."""
    if asked.share is not None:
        book(order=order, share=asked.share, at=at)
    else:
        reserve_all((line.stockrecord, line.quantity) for line in asked.quote.lines)
