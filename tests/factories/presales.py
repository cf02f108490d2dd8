"""Pre-sales that can be booked, and orders that book them."""

from datetime import date, timedelta
from decimal import Decimal

from brand.models import Crop
from shop.order.models import Order
from shop.payments.settling import settle
from shop.presale.booking import Share
from shop.presale.models import Presale
from shop.presale.opening import open_presale
from shop.presale.terms import drafted, publish_terms
from tests.factories.fulfilment import NOW
from tests.factories.orders import order_of
from tests.factories.payments import begun
from tests.factories.record import BaseFactory
from tests.factories.shop import ArticleFactory


def draft(*, cap: int = 10, stock: int = 0, **facts) -> Presale:
    """Return a pre-sale that is being prepared, of an article at ¥39.80."""
    article = facts.pop("article", None) or ArticleFactory(stock=stock)
    region = article.brand_product.region
    return Presale.objects.create(
        **{
            "region": region, "slug": f"qiucong-{article.pk}", "title": "秋葱预售", "article": article,
            "base": BaseFactory(region=region), "crop": Crop.objects.get_or_create(name="大葱")[0],
            "harvest_from": date(2026, 12, 20), "harvest_to": date(2027, 1, 5),
            "opens_at": NOW - timedelta(days=1), "closes_at": NOW + timedelta(days=20),
            "cap": cap, "deposit": Decimal("5.00"), **facts,
        }
    )  # fmt: skip


def running(**facts) -> Presale:
    """Return a pre-sale that can be booked."""
    presale = draft(**facts)
    publish_terms(presale=presale, text=drafted(presale), at=NOW - timedelta(days=2))
    open_presale(presale=presale, at=NOW - timedelta(days=1), by=None)
    return presale


def booked(presale: Presale, quantity: int = 2, *, at=NOW, accepted: int = 1, **more) -> Order:
    """Return the order of a share, its deposit not paid yet."""
    share = Share(presale, quantity, accepted)
    return order_of((presale.article, quantity), at=at, share=share, **more)


def pay(order: Order, *, at=NOW) -> Order:
    """Pay what the order owes now."""
    payment = begun(order, at=at)
    settle(payment=payment, trade_no=f"T{payment.pk}", amount=payment.amount, at=at)
    order.refresh_from_db()
    return order


def confirmed(presale: Presale, quantity: int = 2, *, at=NOW, **more) -> Order:
    """Return the order of a share whose deposit is paid."""
    return pay(booked(presale, quantity, at=at, **more), at=at)
