"""Baskets, quotes and orders of buyers."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from oscar.core.loading import get_model

from accounts.models import User
from shop.catalogue.models import Product
from shop.order.models import Order
from shop.ordering.placing import place_order
from shop.ordering.wanted import Address, Buyer, Destination
from shop.partner.strategy import Selector
from shop.pricing import quote

PHONE = "+8613800001234"


def basket_of(*wanted: tuple[Product, int], owner: User | None = None) -> Any:
    """Return an open basket with so many pieces of each article."""
    basket = get_model("basket", "Basket").objects.create(owner=owner)
    basket.strategy = Selector().strategy()
    for article, quantity in wanted:
        basket.add_product(article, quantity)
    return basket


def address(**changed: str) -> Address:
    """Return an address in 潞城区."""
    usual = {
        "name": "王小葱", "phone": PHONE, "district_code": "140406", "province": "山西省", "city": "长治市",
        "district": "潞城区", "street": "店上镇张家河村12号",
    }  # fmt: skip
    return Address(**usual | changed)


def order_of(
    *wanted: tuple[Product, int], at: datetime | None = None, user: User | None = None, **more: Any
) -> Order:
    """Place an order of these articles, by parcel to `address()`, as a guest unless told otherwise."""
    at = at or timezone.now()
    basket = basket_of(*wanted, owner=user)
    destination = more.pop("destination", Destination(address()))
    return place_order(
        quote=quote(
            basket, delivery=destination.delivery, district_code=destination.district_code, phone=PHONE, at=at
        ),
        basket=basket,
        buyer=more.pop("buyer", Buyer(PHONE, user=user)),
        destination=destination,
        region=more.pop("region", wanted[0][0].brand_product.region),
        at=at,
        **more,
    )
