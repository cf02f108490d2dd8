"""What buyers of the demonstration do: place an order and pay it, through the shop's own functions."""

from datetime import datetime, timedelta
from typing import Any

from oscar.core.loading import get_model

from accounts.models import User
from demo.load.county import County
from shop.catalogue.models import Product
from shop.order.models import Order
from shop.ordering.placing import place_order
from shop.ordering.wanted import Address, Buyer, Destination
from shop.partner.strategy import Selector
from shop.payments.choosing import choose_way
from shop.payments.settling import settle
from shop.presale.booking import Share
from shop.pricing import quote

BUYERS = {  # name, number, district, street
    "zhao": ("赵桂兰", "13900002201", "140411", ("山西省", "长治市", "上党区"), "韩店镇光明路 18 号"),
    "qian": ("钱伟", "13900002202", "140105", ("山西省", "太原市", "小店区"), "坞城街道学府街 36 号 2 单元"),
    "sun": ("孙晓梅", "13900002203", "410102", ("河南省", "郑州市", "中原区"), "桐柏路 77 号院 5 号楼"),
}


def placed(
    county: County,
    article: Product,
    *,
    buyer: str,
    quantity: int,
    at: datetime,
    user: User | None = None,
    share: Share | None = None,
) -> Order:
    """Place the order of one article as one of `BUYERS`."""
    name, number, district, (province, city, county_name), street = BUYERS[buyer]
    phone = f"+86{number}"
    address = Address(name, phone, district, province, city, county_name, street)
    basket: Any = get_model("basket", "Basket").objects.create(owner=user)
    basket.strategy = Selector().strategy()
    basket.add_product(article, quantity)
    return place_order(
        quote=quote(basket, district_code=district, phone=phone, at=at),
        basket=basket,
        buyer=Buyer(phone, user=user),
        destination=Destination(address),
        region=county.region,
        at=at,
        share=share,
    )


def paid(order: Order, *, at: datetime) -> Order:
    """Pay what the order owes now, by the demonstration gateway."""
    payment = choose_way(order=order, way="sandbox", at=at)
    if payment is not None:
        done = at + timedelta(minutes=2)
        settle(payment=payment, trade_no=f"SANDBOX-{payment.number}", amount=payment.amount, at=done)
    order.refresh_from_db()
    return order
