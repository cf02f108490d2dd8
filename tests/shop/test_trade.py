"""Trade: approved buyers ask, sellers offer, an accepted offer is an order at the offered prices."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from shop.models import Quotation, TradeBuyer
from shop.order.models import Order
from shop.partner.models import Partner
from shop.stock.reserving import SoldOut
from shop.trade.accepting import accept, lapse_overdue, withdraw
from shop.trade.answering import decline, offer
from shop.trade.applying import Applicant, apply
from shop.trade.approving import approve, suspend
from shop.trade.asking import ask, total_of
from shop.trade.refusals import SettledAlready, TradeRefused
from shop.trade.tiers import price_of, set_tiers
from tests.factories.accounts import UserFactory
from tests.factories.brand import LicenceFactory, RegionFactory
from tests.factories.shop import ArticleFactory
from tests.factories.trade import trade_buyer

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
APPLICANT = Applicant(
    name="上党人家酒店有限公司", kind="restaurant", credit_code="91140400MA0GYLL11A", contact="郭师傅",
    phone="+8613800005678", address="山西省长治市潞州区英雄中路 88 号", wants="大葱，每周 200 斤",
)  # fmt: skip


@pytest.fixture
def stockrecord():
    return ArticleFactory(stock=500).stockrecords.get()


@pytest.fixture
def buyer() -> TradeBuyer:
    return trade_buyer(address=APPLICANT.address)


def asked(buyer, stockrecord, quantity=40) -> Quotation:
    return ask(buyer=buyer, wishes=[(stockrecord, quantity)], note="每周二送", at=NOW)[0]


def offered(quotation: Quotation, price="31.00", freight="20") -> Quotation:
    offer(
        quotation=quotation, prices={line.pk: Decimal(price) for line in quotation.lines.all()},
        freight=Decimal(freight), valid_until=date(2026, 11, 30), note="含箱", by=None, at=NOW,
    )  # fmt: skip
    quotation.refresh_from_db()
    return quotation


def test_a_buyer_applies_and_is_approved_once() -> None:
    user = UserFactory()
    made = apply(user=user, region=RegionFactory(), applicant=APPLICANT, at=NOW)
    assert (made.state, made.province, made.city) == ("asked", "山西省", "长治市")
    with pytest.raises(SettledAlready):
        apply(user=user, region=RegionFactory(), applicant=APPLICANT, at=NOW)
    with pytest.raises(TradeRefused):  # the same organisation from another account
        apply(user=UserFactory(), region=RegionFactory(), applicant=APPLICANT, at=NOW)
    approve(buyer=made, by=None, at=NOW)
    with pytest.raises(SettledAlready):
        approve(buyer=made, by=None, at=NOW)
    assert TradeBuyer.objects.count() == 1


def test_an_address_without_a_county_is_refused() -> None:
    from dataclasses import replace

    with pytest.raises(TradeRefused):
        apply(
            user=UserFactory(), region=RegionFactory(), applicant=replace(APPLICANT, address="老地方"), at=NOW
        )
    assert not TradeBuyer.objects.exists()


def test_only_approved_buyers_ask(stockrecord) -> None:
    with pytest.raises(TradeRefused):
        asked(trade_buyer(state="asked"), stockrecord)
    assert not Quotation.objects.exists()


def test_tiers_fall_with_the_quantity(stockrecord) -> None:
    set_tiers(stockrecord=stockrecord, tiers=[(20, Decimal(34)), (100, Decimal("31.5"))])
    assert price_of(stockrecord, 19) is None
    assert price_of(stockrecord, 20) == 34 and price_of(stockrecord, 1000) == Decimal("31.5")
    for wrong in ([(20, Decimal(40))], [(20, Decimal(30)), (50, Decimal(30))], [(1, Decimal(30))]):
        with pytest.raises(TradeRefused):
            set_tiers(stockrecord=stockrecord, tiers=wrong)
    assert stockrecord.tiers.count() == 2


def test_the_list_answers_at_once_where_it_can(buyer, stockrecord) -> None:
    set_tiers(stockrecord=stockrecord, tiers=[(20, Decimal(34))])
    assert asked(buyer, stockrecord, 10).state == Quotation.State.ASKED
    found = asked(buyer, stockrecord, 20)
    assert found.state == Quotation.State.OFFERED and total_of(found) == Decimal(680)
    assert found.valid_until == date(2026, 11, 29)


def test_an_accepted_offer_is_one_order_at_its_prices(buyer, stockrecord) -> None:
    quotation = offered(asked(buyer, stockrecord))
    order = accept(quotation=quotation, by=buyer.user, at=NOW)
    assert (order.kind, order.total_incl_tax) == (Order.Kind.TRADE, Decimal(1260))
    assert order.pay_until == NOW + timedelta(days=7)
    assert order.dues.get().amount == Decimal(1260) and order.invoice.tax_number == buyer.credit_code
    assert order.freight_shares.get().amount == Decimal(20)
    assert order.shipping_address.district_code == "140403"
    stockrecord.refresh_from_db()
    assert stockrecord.num_allocated == 40
    assert accept(quotation=quotation, by=buyer.user, at=NOW) == order
    assert Order.objects.count() == 1


def test_the_number_of_a_quotation_opens_no_order(client, buyer, stockrecord) -> None:
    quotation = offered(asked(buyer, stockrecord))
    order = accept(quotation=quotation, by=buyer.user, at=NOW)
    answer = client.post("/shop/checkout/", {"key": f"quotation-{quotation.number}"})
    assert order.token not in answer["Location"]
    assert len(order.checkout_key) == 32 and quotation.number not in order.checkout_key


def test_what_is_not_there_is_not_ordered(buyer, stockrecord) -> None:
    quotation = offered(asked(buyer, stockrecord, 501))
    with pytest.raises(SoldOut):
        accept(quotation=quotation, by=buyer.user, at=NOW)
    quotation.refresh_from_db()
    assert quotation.state == Quotation.State.OFFERED and not Order.objects.exists()


def test_an_offer_is_good_until_its_last_day(buyer, stockrecord) -> None:
    quotation = offered(asked(buyer, stockrecord))
    late = NOW + timedelta(days=9)
    with pytest.raises(TradeRefused):
        accept(quotation=quotation, by=None, at=late)
    assert lapse_overdue(at=NOW) == 0 and lapse_overdue(at=late) == 1
    with pytest.raises(SettledAlready):
        withdraw(quotation=quotation, by=None, at=late)
    assert not Order.objects.exists()


def test_a_suspended_buyer_or_licence_stops_the_order(buyer, stockrecord) -> None:
    quotation = offered(asked(buyer, stockrecord))
    suspend(buyer=buyer, reason="两次拒收", by=None, at=NOW)
    with pytest.raises(TradeRefused, match="两次拒收"):
        accept(quotation=quotation, by=None, at=NOW)
    TradeBuyer.objects.update(state="approved")
    stockrecord.product.brand_product.licences.all().update(state="suspended")
    with pytest.raises(TradeRefused):
        accept(quotation=quotation, by=None, at=NOW)
    assert not Order.objects.exists() and LicenceFactory


def test_a_seller_says_no_with_a_reason(buyer, stockrecord) -> None:
    quotation = asked(buyer, stockrecord)
    with pytest.raises(TradeRefused):
        decline(quotation=quotation, reason=" ", by=None, at=NOW)
    decline(quotation=quotation, reason="这个月没有货", by=None, at=NOW)
    with pytest.raises(SettledAlready):
        offered(quotation)
    quotation.refresh_from_db()
    assert (quotation.state, quotation.answer) == ("declined", "这个月没有货")


def test_each_seller_gets_a_quotation_of_its_own(buyer, stockrecord) -> None:
    other = ArticleFactory(stock__price=None)
    partner = Partner.objects.create(name="另一家", code="other", member=other.brand_product.member)
    second = other.stockrecords.create(partner=partner, partner_sku="x", price=Decimal(9), num_in_stock=99)
    found = ask(buyer=buyer, wishes=[(stockrecord, 5), (second, 6), (stockrecord, 1)], note="", at=NOW)
    assert [[line.quantity for line in one.lines.all()] for one in found] == [[6], [6]]
