"""After-sales: what may be sent back, and claims in each state on the goods of one seller."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from accounts.models import User
from demo.load.county import County
from demo.load.people import login
from demo.load.purchases import paid, placed
from lib.pictures import read_picture
from record.codes.activation import activate_codes
from record.codes.issuing import issue_codes
from record.models import Code
from shop.aftersales.answering import agree, refuse
from shop.aftersales.making import Asked, code_in_parcel, make_claim
from shop.aftersales.models import Claim
from shop.aftersales.objecting import object_to
from shop.aftersales.terms import lay_down
from shop.catalogue.models import Product as Article
from shop.fulfilment.packing import add_code, begin_parcel
from shop.fulfilment.sending import send_parcel
from shop.order.models import Line, Order
from shop.tracking.tracing import Source, Step, trace

NOT_SENT_BACK = {"鲜货": "perishable", "花草": "perishable", "闻喜花馍 喜气盘": "made_to_order"}
HOUR = timedelta(hours=1)


def add_claims(county: County) -> None:
    """Lay down what may be sent back; then let buyers ask, and the seller answer some."""
    long_ago = county.calendar.moment(300, "09:00")
    for words in county.content("products")["product"]:
        terms = NOT_SENT_BACK.get(words["name"]) or NOT_SENT_BACK.get(words["category"])
        for article in Article.objects.filter(brand_product=county.products[words["slug"]]) if terms else ():
            lay_down(terms=terms or "", since=long_ago, by=None, article=article)
    for words in county.content("presales").get("claim", []):
        _answer(_asked(county, words), words, county)


def _asked(county: County, words: dict[str, Any]) -> Claim:
    delivered = county.calendar.at - words["delivered"] * HOUR
    line = _received(county, words, delivered - 48 * HOUR)
    made_at = min(delivered + 6 * HOUR, county.calendar.at)
    code = Code.objects.filter(parcel_codes__line__owed__line=line).first()
    asked = Asked(
        kind=words["kind"],
        reason=words["reason"],
        quantity=words["quantity"],
        words=words["words"],
        amount=Decimal(words["amount"]) if "amount" in words else None,
        code=code_in_parcel(line, code.serial) if code else None,
    )
    return make_claim(line=line, asked=asked, photos=[_photo(county)], at=made_at)


def _received(county: County, words: dict[str, Any], at: Any) -> Line:
    """Return a line that was ordered `at` a moment, packed with a code, and delivered two days later."""
    article = Article.objects.get(slug=words["article"])
    is_consumer = words["buyer"] == "consumer"
    user = User.objects.get(email=login("consumer")) if is_consumer else None
    buyer = "qian" if is_consumer else words["buyer"]
    order = paid(placed(county, article, buyer=buyer, quantity=1, at=at, user=user), at=at)
    _send(county, order, words, at + 3 * HOUR)
    return order.lines.select_related("order").get()


def _send(county: County, order: Order, words: dict[str, Any], at: Any) -> None:
    batch = county.batches[words["batch"]]
    serials = issue_codes(product=batch.product, batch=batch, quantity=1, at=at)
    activate_codes(batch=batch, serials=serials, at=at)
    parcel = begin_parcel(consignment=order.consignments.get(), at=at, by=None)
    add_code(parcel=parcel, text=serials[0], at=at)
    sent = send_parcel(parcel=parcel, carrier="county", at=at, by=None)
    step = Step(at=at + 45 * HOUR, state="delivered", text="本人签收", source=Source.SELLER)
    trace(parcel=sent, step=step, by=None)


def _answer(claim: Claim, words: dict[str, Any], county: County) -> None:
    at, why = claim.made_at + 3 * HOUR, words.get("why", "")
    supplier = User.objects.get(email=login("supplier"))
    if words.get("answer") == "agreed":
        agree(
            claim=claim, at=at, by=supplier, note=why, return_to="张家河大葱专业合作社 潞城区店上镇张家河村"
        )
    if words.get("answer") == "refused":
        refuse(claim=claim, reason=why, at=at, by=supplier)
        object_to(claim=claim, words=words["objection"], at=at + HOUR)


def _photo(county: County) -> Any:
    """Return a photo that stands for the one a buyer takes."""
    picture = next(iter(county.pictures.values()))
    with picture.file.open("rb") as file:
        return read_picture(BytesIO(file.read()), longest=900)
