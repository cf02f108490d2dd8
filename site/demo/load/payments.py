"""How each county takes money, and orders whose money needs a person: what the office sees in its books."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from oscar.core.loading import get_model

from demo.load.county import County
from shop.catalogue.models import Product
from shop.order.models import Order
from shop.ordering.cancelling import cancel_order
from shop.ordering.placing import place_order
from shop.ordering.wanted import Address, Buyer, Destination
from shop.partner.strategy import Selector
from shop.payments.choosing import choose_way
from shop.payments.models import PayingTerms, Payment
from shop.payments.refunding import refund
from shop.payments.repaying import fail
from shop.payments.settling import settle
from shop.pricing import quote


def add_payments(county: County) -> None:
    """Add the terms of paying, then one order for each state of money."""
    words = county.content("payments")
    PayingTerms.objects.create(region=county.region, holder=county.words["association"], **words["terms"])
    for number, order in enumerate(words.get("order", []), 1):
        at = county.calendar.moment(order["days"], order["clock"])
        _WHAT[order["what"]](_placed(county, order, at), at, f"{county.slug.upper()}{number:06d}")


def _placed(county: County, words: dict[str, Any], at: datetime) -> Order:
    """Place the order of one article as its buyer would have."""
    province, city, district = words["place"]
    phone = f"+86{words['phone']}"
    address = Address(
        name=words["name"], phone=phone, district_code=words["district"], province=province, city=city,
        district=district, street=words["street"],
    )  # fmt: skip
    basket = get_model("basket", "Basket").objects.create()
    basket.strategy = Selector().strategy()
    article = Product.objects.get(slug=words["article"])
    basket.add_product(article.children.order_by("pk").first() or article, words["quantity"])
    return place_order(
        quote=quote(basket, district_code=address.district_code, phone=phone, at=at),
        basket=basket,
        buyer=Buyer(phone),
        destination=Destination(address),
        region=county.region,
        at=at,
    )


def _chosen(order: Order, way: str, at: datetime) -> Payment:
    payment = choose_way(order=order, way=way, at=at)
    if payment is None:
        raise ValueError(f"{order.number} costs nothing")
    return payment


def _waiting(order: Order, at: datetime, entry: str) -> None:
    """Leave a transfer of which nobody looked yet whether it came."""
    _chosen(order, "transfer", at)


def _paid(order: Order, at: datetime, entry: str) -> None:
    payment = _chosen(order, "transfer", at)
    settle(payment=payment, trade_no=entry, amount=payment.amount, at=at + timedelta(hours=5))


def _twice(order: Order, at: datetime, entry: str) -> None:
    """Pay through the gateway and by transfer: the second is to be sent back by hand."""
    transfer, quick = _chosen(order, "transfer", at), _chosen(order, "sandbox", at)
    settle(payment=quick, trade_no=f"SANDBOX-{entry}", amount=quick.amount, at=at + timedelta(minutes=3))
    settle(payment=transfer, trade_no=entry, amount=transfer.amount, at=at + timedelta(hours=20))


def _late(order: Order, at: datetime, entry: str) -> None:
    """Pay a day after the order was cancelled."""
    payment = _chosen(order, "transfer", at)
    cancel_order(order=order, reason="Not paid in time.", at=at + timedelta(days=3))
    settle(payment=payment, trade_no=entry, amount=payment.amount, at=at + timedelta(days=3, hours=8))


def _refused(order: Order, at: datetime, entry: str) -> None:
    """Give a piece back, which the gateway refused."""
    payment = _chosen(order, "sandbox", at)
    settle(payment=payment, trade_no=f"SANDBOX-{entry}", amount=payment.amount, at=at)
    made = refund(
        order=order,
        lines={order.lines.get(gift=False): 1},
        reason="路上压坏一份",
        at=at + timedelta(days=2),
        by=None,
    )
    fail(repayment=made.repayments.get(), why="付款账户已注销，原路退不回去")


def _cash(order: Order, at: datetime, entry: str) -> None:
    _chosen(order, "on_delivery", at)


_WHAT: dict[str, Callable[[Order, datetime, str], None]] = {
    "waiting": _waiting,
    "paid": _paid,
    "twice": _twice,
    "late": _late,
    "refused": _refused,
    "cash": _cash,
}
