"""Orders that may be packed, with packages and their codes on the shelf."""

from datetime import UTC, datetime

from record.models import Code
from shop.fulfilment.models import Consignment, Parcel
from shop.fulfilment.packing import add_code, begin_parcel
from shop.fulfilment.sending import send_parcel
from shop.order.models import Order
from shop.payments.readying import ready_to_send
from shop.pickup.models import PickupPoint
from tests.factories.orders import order_of
from tests.factories.record import active_code, sellable_batch
from tests.factories.shop import ArticleFactory

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai


def article_with_codes(count: int = 2, **facts):
    """Return an article and `count` packages of it, activated."""
    batch = sellable_batch()
    article = ArticleFactory(brand_product=batch.product, **facts)
    return article, [active_code(batch) for _number in range(count)]


def to_send(*wanted, at: datetime = NOW, **facts) -> Order:
    """Return an order that is paid and split: articles with their quantities."""
    order = order_of(*wanted, at=at, **facts)
    order.paid_at = at
    order.save(update_fields=["paid_at"])
    ready_to_send(order=order, at=at)
    return order


def the_consignment(order: Order) -> Consignment:
    """Return the only consignment of an order."""
    return order.consignments.get()


def packed(consignment: Consignment, codes: list[Code], *, at: datetime = NOW) -> Parcel:
    """Return a parcel with these packages in it, still on the table."""
    parcel = begin_parcel(consignment=consignment, at=at, by=None)
    for code in codes:
        add_code(parcel=parcel, text=code.serial, at=at)
    return parcel


def sent(order: Order, codes: list[Code], *, at: datetime = NOW, carrier: str = "county", **facts) -> Parcel:
    """Return the parcel of an order with one seller, on its way."""
    return send_parcel(
        parcel=packed(the_consignment(order), codes, at=at), carrier=carrier, at=at, by=None, **facts
    )


def pickup_point(region, **facts) -> PickupPoint:
    """Return a point that hands out orders."""
    return PickupPoint.objects.create(
        region=region, **{"name": "特产馆", "place": "英雄中路 12 号", "hours": "9:00-18:00", **facts}
    )
