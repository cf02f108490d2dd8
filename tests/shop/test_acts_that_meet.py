"""Acts that meet: paying, lapsing, closing, refunding, claiming and completing, at once or in turn."""

from datetime import timedelta
from decimal import Decimal

import pytest

from shop.aftersales.answering import agree
from shop.aftersales.making import NotClaimable
from shop.aftersales.windows import ways_for
from shop.fulfilment.completing import complete_orders
from shop.ordering import cancelling
from shop.ordering.cancelling import cancel_order, close_unpaid
from shop.ordering.states import advance
from shop.ordering.withdrawing import withdraw_lines
from shop.partner.models import StockRecord
from shop.payments.choosing import choose_way
from shop.payments.gateways import UnknownWay
from shop.payments.models import PayingTerms, Payment
from shop.payments.refunding import refund
from shop.presale import lapsing
from shop.presale.harvesting import open_balances
from shop.presale.lapsing import lapse_unpaid
from shop.presale.models import Presale
from shop.pricing import quote
from shop.promotions.claiming import claim as claim_coupon
from shop.promotions.models import HeldCoupon
from tests.factories.claims import DELIVERED, HOUR, claim, received_line
from tests.factories.fulfilment import NOW, article_with_codes, sent
from tests.factories.orders import basket_of, order_of
from tests.factories.payments import unpaid_order
from tests.factories.presales import booked, confirmed, pay, running
from tests.factories.promotions import coupon, promotion
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db
LATER = DELIVERED + 2 * HOUR
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _sandbox(settings) -> None:
    settings.PAYMENT_SANDBOX = True
    settings.KEEP_READ_SECONDS = 0


def given_back(order) -> Decimal:
    return sum((each.refunded for each in Payment.objects.filter(due__order=order)), Decimal(0))


def with_coupon(*wanted, **terms):
    """Return a paid order that used a coupon, and the coupon in hand."""
    region = wanted[0][0].brand_product.region
    basket = basket_of(*wanted)
    claim_coupon(voucher=coupon(region, **terms), user=None, basket=basket, at=NOW)
    order = order_with(basket, region)
    return pay(order), HeldCoupon.objects.get()


def order_with(basket, region):
    from shop.ordering.placing import place_order
    from shop.ordering.wanted import Buyer, Destination
    from tests.factories.orders import PHONE, address

    return place_order(
        quote=quote(basket, district_code="140406", phone=PHONE, at=NOW),
        basket=basket, buyer=Buyer(PHONE), destination=Destination(address()), region=region, at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("kept", [True, False])
def test_a_balance_paid_while_it_lapses_is_no_lost_money(monkeypatch, kept: bool) -> None:
    presale = running(deposit_kept=kept)
    order = confirmed(presale, 2)
    StockRecord.objects.filter(product=presale.article).update(num_in_stock=10)
    presale.refresh_from_db()
    open_balances(presale=presale, at=NOW + 30 * DAY, by=None)
    at = NOW + 38 * DAY
    monkeypatch.setattr(lapsing, "settle_or_close", lambda *, order, at: bool(pay(order, at=at)))
    assert lapse_unpaid(at=at) == 0
    order.refresh_from_db()
    assert (order.state, given_back(order)) == ("to_send", 0)
    assert order.booking.deposit_kept_at is None and order.booking.held


@pytest.mark.parametrize("state", ["unpaid", "reserved"])
def test_a_harvest_is_not_paid_at_the_door(state: str) -> None:
    presale = running()
    order = booked(presale, 2)
    PayingTerms.objects.create(region=order.region, on_delivery=True, on_delivery_most=1000)
    if state == "reserved":
        pay(order)
        StockRecord.objects.filter(product=presale.article).update(num_in_stock=10)
        open_balances(presale=Presale.objects.get(), at=NOW + 30 * DAY, by=None)
    with pytest.raises(UnknownWay):
        choose_way(order=order, way="on_delivery", at=NOW + 31 * DAY)
    order.refresh_from_db()
    assert order.state == state and not order.consignments.exists()


def test_an_order_paid_while_it_is_closed_goes_on(monkeypatch) -> None:
    order = unpaid_order(at=NOW)
    monkeypatch.setattr(cancelling, "settle_or_close", lambda *, order, at: bool(pay(order, at=at)))
    assert close_unpaid(at=NOW + HOUR) == 0
    order.refresh_from_db()
    assert (order.state, given_back(order)) == ("to_send", 0)


def test_a_coupon_comes_back_with_the_last_piece_that_is_given_back() -> None:
    order, held = with_coupon((ArticleFactory(), 2))
    line = order.lines.get()
    refund(order=order, lines={line: 1}, reason="", at=LATER, by=None)
    held.refresh_from_db()
    assert held.used_at is not None
    refund(order=order, lines={line: 1}, reason="", at=LATER, by=None)
    held.refresh_from_db()
    assert (held.used_at, held.order, given_back(order)) == (None, None, order.total_incl_tax)


def test_a_coupon_comes_back_when_every_piece_was_claimed_or_taken_out() -> None:
    article, codes = article_with_codes(1)
    other = ArticleFactory(brand_product__region=article.brand_product.region)
    order, held = with_coupon((article, 1), (other, 1))
    first, second = order.lines.order_by("pk")
    sent_part(order, first, codes)
    withdraw_lines(order=order, lines={second: 1}, reason="没货了", at=NOW + 2 * HOUR, by=None)
    held.refresh_from_db()
    assert held.used_at is not None
    order.refresh_from_db()
    first.refresh_from_db()
    agree(claim=claim(first, "refund", reason="not_arrived", at=LATER), at=LATER, by=None)
    held.refresh_from_db()
    assert held.used_at is None


def sent_part(order, line, codes) -> None:
    consignment = order.consignments.get(partner=line.partner)
    from shop.fulfilment.sending import send_parcel
    from tests.factories.fulfilment import packed

    send_parcel(parcel=packed(consignment, codes), carrier="county", at=NOW + HOUR, by=None)


def test_what_came_back_with_the_money_does_not_come_back_again_with_the_order() -> None:
    article = ArticleFactory()
    limited = promotion(article.brand_product.region, threshold=10, value=5, limit=10)
    for _other in range(2):
        order = pay(order_of((article, 1), at=NOW))
    refund(order=order, lines={order.lines.get(): 1}, reason="", at=LATER, by=None)
    limited.refresh_from_db()
    assert limited.num_applications == 1
    cancel_order(order=order, reason="", at=LATER)
    limited.refresh_from_db()
    assert limited.num_applications == 1


def test_what_is_not_sent_yet_is_not_claimed() -> None:
    article, codes = article_with_codes(3)
    order = pay(order_of((article, 3), at=NOW))
    sent(order, codes[:1], at=NOW + HOUR)
    line = order.lines.select_related("order").get()
    assert ways_for(line, at=LATER).left == 1
    with pytest.raises(NotClaimable):
        claim(line, "refund", reason="not_arrived", quantity=2, at=LATER)
    order.refresh_from_db()
    withdraw_lines(order=order, lines={line: 2}, reason="没货了", at=LATER, by=None)
    line.refresh_from_db()
    assert ways_for(line, at=LATER).left == 1


def test_an_order_with_an_open_claim_is_not_completed() -> None:
    line, _codes = received_line()
    order = line.order
    if order.state == "sent":
        advance(order, "received", at=DELIVERED)
    made = claim(line, "return")
    assert complete_orders(at=DELIVERED + 30 * DAY) == 0
    type(made).objects.update(state="withdrawn", closed_at=LATER)
    assert complete_orders(at=DELIVERED + 30 * DAY) == 1
