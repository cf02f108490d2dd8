"""Lines that were paid, sent and received, and claims on them."""

from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from lib.pictures import read_picture
from record.models import Code
from shop.aftersales.making import Asked, make_claim
from shop.aftersales.models import Claim
from shop.order.models import Line
from shop.payments.models import Payment
from shop.payments.settling import settle
from shop.tracking.tracing import Source, Step, trace
from tests.factories.fulfilment import NOW, article_with_codes, sent
from tests.factories.orders import order_of
from tests.factories.payments import begun

HOUR = timedelta(hours=1)


def sent_line(*, pieces: int = 2, at: datetime = NOW, **facts) -> tuple[Line, list[Code]]:
    """Return a paid line with its packages on the way."""
    article, codes = article_with_codes(pieces, **facts)
    order = order_of((article, pieces), at=at)
    payment = begun(order, at=at)
    settle(payment=payment, trade_no=f"T{payment.pk}", amount=payment.amount, at=at)
    order.refresh_from_db()
    sent(order, codes, at=at + HOUR)
    return order.lines.select_related("order").get(), codes


def received_line(*, pieces: int = 2, at: datetime = NOW, **facts) -> tuple[Line, list[Code]]:
    """Return a paid line, delivered a day later."""
    line, codes = sent_line(pieces=pieces, at=at, **facts)
    parcel = line.order.consignments.get().parcels.get()
    step = Step(at=at + 24 * HOUR, state="delivered", text="已签收", source=Source.SELLER)
    trace(parcel=parcel, step=step, by=None)
    line.order.refresh_from_db()
    return line, codes


DELIVERED = NOW + 24 * HOUR


def jpeg() -> bytes:
    """Return a small photo."""
    out = BytesIO()
    Image.new("RGB", (40, 30), "brown").save(out, "JPEG")
    return out.getvalue()


def photo() -> ContentFile:
    """Return a small photo, checked."""
    return read_picture(BytesIO(jpeg()))


def claim(line: Line, kind: str = "spoilage", *, at: datetime = DELIVERED + HOUR, **facts) -> Claim:
    """Make a claim of one piece with a photo."""
    reason = {"spoilage": "spoiled", "refund": "damaged", "return": "no_reason", "exchange": "damaged"}[kind]
    asked = Asked(kind=kind, **{"reason": reason, "quantity": 1, "words": "葱叶烂了一半", **facts})
    return make_claim(line=line, asked=asked, photos=[photo()], at=at)


def money_back(line: Line) -> Decimal:
    """Return what of the order's payments was promised back."""
    return sum((p.refunded for p in Payment.objects.filter(due__order=line.order)), Decimal(0))
