"""Orders that wait for money, and orders that are paid."""

from datetime import datetime
from decimal import Decimal

from shop.freight.models import FreightTemplate, FreightZone
from shop.order.models import Order
from shop.payments.choosing import choose_way
from shop.payments.models import Payment
from shop.payments.settling import settle
from tests.factories.orders import order_of
from tests.factories.shop import ArticleFactory


def unpaid_order(*, at: datetime, pieces: int = 3, price: str = "39.80", freight: str = "6") -> Order:
    """Return an order of one article that waits for its payment."""
    article = ArticleFactory(stock__price=Decimal(price))
    template, new = FreightTemplate.objects.get_or_create(
        region=article.brand_product.region, defaults={"name": "普通快递"}
    )
    if new:
        FreightZone.objects.create(template=template, first_charge=freight, further_charge="0")
    return order_of((article, pieces), at=at)


def begun(order: Order, *, at: datetime, way: str = "sandbox") -> Payment:
    """Return the payment that begins when `way` is chosen."""
    payment = choose_way(order=order, way=way, at=at)
    assert payment is not None
    return payment


def paid_order(*, at: datetime, **shape: object) -> Order:
    """Return an order that was paid."""
    order = unpaid_order(at=at, **shape)  # type: ignore[arg-type]
    payment = begun(order, at=at)
    settle(payment=payment, trade_no=f"T{payment.pk}", amount=payment.amount, at=at)
    order.refresh_from_db()
    return order
