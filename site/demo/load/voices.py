"""What buyers said and asked: orders that went the whole way, their reviews, questions with their answers."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from oscar.core.loading import get_model

from config import ROOT
from demo.load.county import County
from lib.pictures import read_picture
from shop.catalogue.models import Product
from shop.fulfilment.owing import owed
from shop.fulfilment.packing import add_without_code, begin_parcel
from shop.fulfilment.receiving import confirm_receipt
from shop.fulfilment.sending import send_parcel
from shop.order.models import Order
from shop.ordering.placing import place_order
from shop.ordering.wanted import Address, Buyer, Destination
from shop.partner.models import Partner
from shop.partner.strategy import Selector
from shop.payments.choosing import choose_way
from shop.payments.settling import settle
from shop.pricing import quote
from shop.questions import asking
from shop.reviewing import deciding
from shop.reviewing.writing import write_review

FOLDER = ROOT / "media" / "sample"
PLACES = (
    ("110105", "北京市", "北京市", "朝阳区", "望京街道花家地西里"),
    ("140105", "山西省", "太原市", "小店区", "坞城街道"),
    ("410105", "河南省", "郑州市", "金水区", "文化路街道"),
    ("610113", "陕西省", "西安市", "雁塔区", "小寨路街道"),
)
_PHONE = 13_900_008_000  # examples, one for each order


def add_voices(county: County) -> None:
    """Add the county's reviews and questions; those without `shown` or an answer wait in the back office."""
    words = county.content("voices")
    for number, review in enumerate(words.get("review", [])):
        _add_review(county, review, number)
    for question in words.get("question", []):
        _add_question(county, question)


def _add_review(county: County, words: dict[str, Any], number: int) -> None:
    order = _received(county, words, number)
    at = order.date_placed + timedelta(days=5)
    review = write_review(
        line=order.lines.filter(gift=False).get(),
        score=words["score"],
        body=words["body"],
        photos=[_photo(name) for name in words.get("photos", [])],
        hidden=words.get("hidden", False),
        at=at,
    )
    if words.get("shown", True):
        deciding.approve(review=review, at=at + timedelta(hours=3), by=None)
        if words.get("reply"):
            deciding.answer(review=review, text=words["reply"], at=at + timedelta(hours=20), by=None)


def _add_question(county: County, words: dict[str, Any]) -> None:
    article, at = Product.objects.get(slug=words["article"]), county.calendar.moment(words["days"], "20:15")
    address = f"192.0.2.{words['days'] % 250}"
    question = asking.ask(article=article, text=words["text"], user=None, address=address, at=at)
    if words.get("answer"):
        partner = Partner.objects.get(member=article.brand_product.member_id)
        asking.answer(
            question=question, text=words["answer"], partner=partner, at=at + timedelta(hours=13), by=None
        )


def _received(county: County, words: dict[str, Any], number: int) -> Order:
    """Let somebody buy, pay and receive it, as the parts of the hall do it."""
    at = county.calendar.moment(words["days"], "19:40")
    order = _placed(county, words, number, at)
    payment = choose_way(order=order, way="sandbox", at=at)
    if payment is not None:
        entry = f"SANDBOX-{county.slug.upper()}-V{number:03d}"
        settle(payment=payment, trade_no=entry, amount=payment.amount, at=at + timedelta(minutes=1))
    for consignment in order.consignments.all():
        _send(consignment, at + timedelta(days=1))
    order.refresh_from_db()
    confirm_receipt(order=order, at=at + timedelta(days=4))
    order.refresh_from_db()
    return order


def _placed(county: County, words: dict[str, Any], number: int, at: datetime) -> Order:
    code, province, city, district, street = PLACES[number % len(PLACES)]
    phone = f"+86{_PHONE + 100 * (county.region.pk % 90) + number}"
    address = Address(
        name=words["name"], phone=phone, district_code=code, province=province, city=city, district=district,
        street=f"{street} {number + 1} 号楼",
    )  # fmt: skip
    basket = get_model("basket", "Basket").objects.create()
    basket.strategy = Selector().strategy()
    basket.add_product(Product.objects.get(slug=words["article"]), words.get("quantity", 1))
    return place_order(
        quote=quote(basket, district_code=code, phone=phone, at=at),
        basket=basket,
        buyer=Buyer(phone),
        destination=Destination(address),
        region=county.region,
        at=at,
    )


def _send(consignment: Any, at: datetime) -> None:
    parcel = begin_parcel(consignment=consignment, at=at, by=None)
    for one in owed(consignment):
        add_without_code(parcel=parcel, line=one.line, quantity=one.left)
    waybill = f"7531{consignment.pk:010d}"
    send_parcel(
        parcel=parcel,
        carrier="zhongtong",
        waybill=waybill,
        without_codes="示例订单，没有实物",
        at=at,
        by=None,
    )


def _photo(name: str) -> ContentFile:
    with (FOLDER / name).open("rb") as file:
        return read_picture(file)
