"""Orders that arrived, their reviews, papers of sellers."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from shop.catalogue.models import Product
from shop.catalogue.reviews.models import ProductReview
from shop.models import SellerPaper
from shop.order.models import Line, Order
from shop.partner.models import Partner
from shop.reviewing.writing import write_review
from tests.factories.orders import order_of


def picture(name: str = "photo.jpg", **saved: Any) -> ContentFile:
    """Return a small JPEG."""
    out = BytesIO()
    Image.new("RGB", (640, 480), "olive").save(out, "JPEG", **saved)
    return ContentFile(out.getvalue(), name=name)


def received_line(article: Product, *, quantity: int = 1, at: datetime | None = None, **more: Any) -> Line:
    """Return the line of an order of `article` that has arrived."""
    at = at or timezone.now()
    order = order_of((article, quantity), at=at - timedelta(days=3), **more)
    # the way there is fulfilment's; here only the state counts
    Order.objects.filter(pk=order.pk).update(state=Order.State.RECEIVED)
    return Line.objects.select_related("order__shipping_address", "order__user", "product__parent").get(
        order=order
    )


def review_of(
    article: Product, *, score: int = 5, body: str = "葱白长，没坏一根。", **more: Any
) -> ProductReview:
    """Return a review of `article` that nobody has looked at yet."""
    return write_review(line=received_line(article), score=score, body=body, at=timezone.now(), **more)


def paper_of(partner: Partner, **changed: Any) -> SellerPaper:
    """Return a business licence of `partner`."""
    usual = {
        "kind": "business",
        "number": "93140406MAXXXX0154",
        "holder": partner.name,
        "issuer": "市场监督管理局",
    }
    return SellerPaper.objects.create(partner=partner, **usual | changed)
