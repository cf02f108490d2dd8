"""A gift goes back with what earned it, or its value is taken off; to the cent, and said before sending."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from shop.aftersales.answering import agree
from shop.aftersales.gifts import gifts_due
from shop.aftersales.making import Asked, NotClaimable, make_claim
from shop.aftersales.models import Claim
from shop.aftersales.sending_back import came_back, sent_back
from shop.fulfilment.packing import add_code, add_without_code, begin_parcel
from shop.fulfilment.sending import send_parcel
from shop.order.models import Line
from shop.partner.models import StockRecord
from shop.payments.refunding import refundable
from shop.payments.settling import settle
from shop.tracking.tracing import Source, Step, trace
from tests.factories.claims import DELIVERED, HOUR, money_back
from tests.factories.fulfilment import NOW, article_with_codes
from tests.factories.orders import order_of
from tests.factories.payments import begun
from tests.factories.promotions import promotion
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db
LATER = DELIVERED + 2 * HOUR


@pytest.fixture(autouse=True)
def _sandbox(settings) -> None:
    settings.PAYMENT_SANDBOX = True


def given(*, pieces: int = 3, threshold: str = "70", **terms) -> tuple[Line, Line]:
    """Return lines that were received: three bundles at ¥39.80, and the bag worth ¥12.35 that came along."""
    article, codes = article_with_codes(pieces)
    bag = ArticleFactory(
        title="布袋", brand_product=article.brand_product, stock=5, stock__price=Decimal("12.35")
    )
    promotion(article.brand_product.region, "gift", threshold=threshold, gift=bag, **terms)
    order = order_of((article, pieces), at=NOW)
    payment = begun(order, at=NOW)
    settle(payment=payment, trade_no=f"T{payment.pk}", amount=payment.amount, at=NOW)
    order.refresh_from_db()
    consignment = order.consignments.get()
    parcel = begin_parcel(consignment=consignment, at=NOW, by=None)
    for code in codes:
        add_code(parcel=parcel, text=code.serial, at=NOW)
    owed = consignment.lines.get(line__gift=True)
    add_without_code(parcel=parcel, line=owed, quantity=owed.line.quantity)
    send_parcel(parcel=parcel, carrier="county", at=NOW + HOUR, by=None, without_codes="布袋没有码")
    trace(
        parcel=parcel,
        step=Step(at=DELIVERED, state="delivered", text="已签收", source=Source.SELLER),
        by=None,
    )
    lines = order.lines.select_related("order", "product")
    return lines.get(gift=False), lines.get(gift=True)


def back(line: Line, quantity: int, *, keeps: bool | None = None) -> Claim:
    """Send so many back and let them come in."""
    asked = Asked(kind="return", reason="no_reason", quantity=quantity, keeps_gifts=keeps)
    made = make_claim(line=line, asked=asked, photos=[], at=LATER)
    agree(claim=made, at=LATER, by=None, return_to="张家河合作社")
    sent_back(claim=made, carrier="", waybill=f"EA{made.pk}", at=LATER + HOUR)
    came_back(claim=made, good=True, at=LATER + 2 * HOUR, by=None)
    line.refresh_from_db()
    return made


def in_stock(line: Line) -> int:
    return StockRecord.objects.get(pk=line.stockrecord_id).num_in_stock


def test_what_is_kept_decides_whether_the_gift_is_still_earned() -> None:
    line, bag = given()
    assert gifts_due(line, 1) == []
    (due,) = gifts_due(line, 2)
    assert (due.line, due.quantity, due.value) == (bag, 1, Decimal("12.35"))


def test_a_gift_for_every_so_much_goes_piece_by_piece() -> None:
    line, bag = given(threshold="39", times=None)
    assert bag.quantity == 3
    assert [gifts_due(line, n)[0].quantity for n in (1, 2, 3)] == [1, 2, 3]


def test_sent_back_too_the_money_is_whole_and_the_gift_is_in_stock_again() -> None:
    line, bag = given()
    before = in_stock(bag)
    made = back(line, 3)
    assert money_back(line) == Decimal("119.40") and made.gifts.get().deducted == 0
    bag.refresh_from_db()
    assert (in_stock(bag), bag.refunded_quantity) == (before + 1, 1)


def test_kept_its_value_is_taken_off_to_the_cent_once() -> None:
    line, bag = given()
    before = in_stock(bag)
    made = back(line, 2, keeps=True)
    assert (made.amount, money_back(line)) == (Decimal("67.25"), Decimal("67.25"))  # 79.60 - 12.35
    bag.refresh_from_db()
    assert (in_stock(bag), bag.refunded_quantity) == (before, 1)
    assert gifts_due(line, 1) == []
    Claim.objects.filter(pk=made.pk).update(state="settled", closed_at=LATER)
    back(line, 1)
    assert money_back(line) == Decimal("107.05")  # 119.40 - 12.35
    assert sum(refundable(line.order).values()) == Decimal("12.35")


def test_while_it_is_still_earned_nothing_is_asked() -> None:
    line, bag = given()
    made = back(line, 1, keeps=True)
    assert money_back(line) == Decimal("39.80") and not made.gifts.exists()
    bag.refresh_from_db()
    assert bag.refunded_quantity == 0


def test_a_gift_worth_more_than_the_money_has_to_go_back() -> None:
    line, _bag = given(pieces=1, threshold="30")
    StockRecord.objects.update(price=Decimal("99.00"))
    line.order.lines.get(gift=True).earned.__class__.objects.update(value=Decimal("50.00"))
    with pytest.raises(NotClaimable):
        back(line, 1, keeps=True)
    assert not Claim.objects.exists()


def test_a_promotion_that_changed_changes_nothing_for_who_ordered_before() -> None:
    line, _bag = given()
    StockRecord.objects.update(price=Decimal("1.00"))
    (due,) = gifts_due(line, 2)
    assert due.value == Decimal("12.35")


def test_the_page_says_it_before_sending_and_asks(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    line, _bag = given()
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER + timedelta(minutes=1))
    address = reverse("claims:ask", args=[line.order.token, line.pk]) + "?kind=return"
    page = client.get(address).content.decode()
    assert "布袋" in page and "12.35" in page
    sent = {"reason": "no_reason", "quantity": "2", "words": "", "amount": ""}
    refused = client.post(address, sent)
    assert refused.status_code == 400 and "gifts" in refused.context["form"].errors
    assert not Claim.objects.exists()
    assert client.post(address, sent | {"gifts": "kept"}).status_code == 302
    made = Claim.objects.get()
    assert made.amount == Decimal("67.25")
    page = client.get(reverse("claims:claim", args=[line.order.token, made.number])).content.decode()
    assert "12.35" in page
