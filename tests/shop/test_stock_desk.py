"""The seller's desk: goods come in, spoil, are counted; statements; quotations. Only one's own."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from shop.models import Quotation, Statement, StockLot, StockMovement, StockTake, SupplyPrice
from shop.partner.models import Partner
from shop.settlement.drawing import draw_statement
from shop.settlement.papers import statement_pdf
from shop.stock.receiving import receive
from shop.stock.shelves import store_of
from shop.trade.asking import ask
from tests.factories.accounts import UserFactory, person
from tests.factories.shop import ArticleFactory
from tests.factories.trade import trade_buyer

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture
def stockrecord():
    return ArticleFactory(stock=10).stockrecords.get()


@pytest.fixture
def seller(client: Client, stockrecord) -> Client:
    user = person("supplier")
    stockrecord.partner.users.add(user)
    client.force_login(user)
    return client


def desk(stockrecord) -> str:
    return f"/shop/desk/stock/{stockrecord.pk}/"


def send(client: Client, url: str, act: str, **typed):
    return client.post(url, {"act": act, **{f"{act}-{name}": value for name, value in typed.items()}})


def test_a_delivery_is_entered_on_the_desk(seller, stockrecord) -> None:
    place = store_of(stockrecord.partner)
    response = send(seller, desk(stockrecord), "receive", quantity=6, place=place.pk, lot_number="L1")
    assert response.status_code == 302
    stockrecord.refresh_from_db()
    assert stockrecord.num_in_stock == 16
    page = seller.get(desk(stockrecord)).content.decode()
    assert "L1" in page and "JH" in page
    assert seller.get("/shop/desk/stock/").status_code == 200
    assert seller.get("/shop/desk/").status_code == 200


def test_what_is_refused_keeps_what_was_typed(seller, stockrecord) -> None:
    lot = receive(stockrecord=stockrecord, quantity=2, lot_number="L1", at=NOW, by=None).lot
    response = send(seller, desk(stockrecord), "loss", lot=lot.pk, quantity=3, why="压坏了")
    assert response.status_code == 400 and "压坏了" in response.content.decode()
    assert not StockMovement.objects.filter(kind="loss").exists()
    assert send(seller, desk(stockrecord), "loss", lot=lot.pk, quantity=2, why="压坏了").status_code == 302
    lot.refresh_from_db()
    assert lot.remaining == 0


def test_prices_by_quantity_and_supply_prices_are_kept(seller, stockrecord) -> None:
    url = desk(stockrecord)
    assert send(seller, url, "tiers", least_0=20, price_0="34", least_1="", price_1="").status_code == 302
    assert send(seller, url, "tiers", least_0=20, price_0="99").status_code == 400
    assert stockrecord.tiers.get().price == 34
    assert send(seller, url, "supply", price="30", valid_from="2026-12-01").status_code == 302
    assert SupplyPrice.objects.get().price == 30
    assert send(seller, url, "level", level=5).status_code == 302
    stockrecord.refresh_from_db()
    assert stockrecord.low_stock_threshold == 5


def test_a_stock_take_is_entered_and_closed(seller, stockrecord) -> None:
    place = store_of(stockrecord.partner)
    assert seller.post("/shop/desk/stock/takes/", {"place": place.pk}).status_code == 302
    take = StockTake.objects.get()
    url, count = f"/shop/desk/stock/takes/{take.number}/", take.counts.get()
    assert count.expected == 10
    typed = {f"counted_{count.pk}": 8, f"reason_{count.pk}": "", "act": "close"}
    assert seller.post(url, typed).status_code == 400  # a difference needs its reason
    assert seller.post(url, {**typed, f"reason_{count.pk}": "鼠咬"}).status_code == 302
    stockrecord.refresh_from_db()
    take.refresh_from_db()
    assert stockrecord.num_in_stock == 8 and take.closed_at
    assert seller.get(url).status_code == 200
    assert seller.get("/shop/desk/stock/takes/").status_code == 200


def test_nobody_sees_the_stock_of_another(client, stockrecord) -> None:
    other = person("supplier")
    Partner.objects.create(name="别家", code="other").users.add(other)
    client.force_login(other)
    assert client.get(desk(stockrecord)).status_code == 404
    assert client.get("/shop/desk/stock/").status_code == 200
    client.force_login(UserFactory())
    assert client.get("/shop/desk/stock/").status_code == 403


def test_a_supplier_confirms_its_statement(seller, stockrecord) -> None:
    made = draw_statement(
        partner=stockrecord.partner, first=date(2026, 10, 1), last=date(2026, 10, 31), at=NOW, by=None
    )
    url = f"/shop/desk/statements/{made.number}/"
    assert made.number in seller.get(url).content.decode()
    assert send(seller, url, "object", objection="").status_code == 400
    assert send(seller, url, "confirm").status_code == 302
    made.refresh_from_db()
    assert made.state == Statement.State.CONFIRMED
    assert seller.get("/shop/desk/statements/").status_code == 200
    book = load_workbook(BytesIO(seller.get(f"{url[:-1]}.xlsx").content))
    assert book.active.title == made.number
    assert statement_pdf(made)[:4] == b"%PDF"


def test_a_seller_offers_and_declines(seller, stockrecord) -> None:
    first, second = (
        ask(buyer=buyer, wishes=[(stockrecord, 40)], note="", at=NOW)[0]
        for buyer in (trade_buyer(), trade_buyer(credit_code="91140400MA0GYLL382"))
    )
    url = f"/shop/desk/quotations/{first.number}/"
    assert seller.get(url).status_code == 200
    day = date.today() + timedelta(days=5)
    price = {f"price_{first.lines.get().pk}": "30"}
    assert send(seller, url, "offer", freight="10", valid_until="2020-01-01", **price).status_code == 400
    assert send(seller, url, "offer", freight="10", valid_until=day, **price).status_code == 302
    first.refresh_from_db()
    assert first.state == Quotation.State.OFFERED and first.lines.get().price == Decimal(30)
    assert (
        send(seller, f"/shop/desk/quotations/{second.number}/", "decline", reason="没货").status_code == 302
    )
    assert seller.get("/shop/desk/quotations/").status_code == 200


def test_the_list_asks_the_same_queries_for_many(seller, stockrecord, django_assert_max_num_queries) -> None:
    for number in range(12):
        made = ArticleFactory(stock__price=None, brand_product=stockrecord.product.brand_product)
        record = made.stockrecords.create(
            partner=stockrecord.partner, partner_sku=f"s{number}", price=9, num_in_stock=3
        )
        receive(stockrecord=record, quantity=1, expires_on=date(2026, 11, 1), at=NOW, by=None)
    assert StockLot.objects.filter(expires_on__isnull=False).count() == 12
    seller.get("/shop/desk/stock/")
    with django_assert_max_num_queries(24):
        assert seller.get("/shop/desk/stock/").status_code == 200
