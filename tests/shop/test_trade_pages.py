"""The pages of trade buyers, and what the office sees and decides."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client

from shop.models import Quotation, Statement, TradeBuyer
from shop.order.models import Order
from shop.trade.tiers import set_tiers
from tests.factories.accounts import UserFactory, person
from tests.factories.brand import RegionFactory
from tests.factories.shop import ArticleFactory
from tests.factories.trade import trade_buyer

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
TYPED = {
    "name": "上党人家酒店有限公司", "kind": "restaurant", "credit_code": "9114 0400 MA0G YLL1 1A",
    "contact": "郭师傅", "phone": "138 0000 5678", "address": "山西省长治市潞州区英雄中路 88 号",
}  # fmt: skip
ADDRESS = TYPED["address"]


@pytest.fixture(autouse=True)
def _county() -> None:
    RegionFactory()


def test_applying_reads_codes_and_numbers_as_people_type_them(client: Client) -> None:
    from django.conf import settings
    from wagtail.models import Site

    RegionFactory().__class__.objects.update(site=Site.objects.get())
    assert settings.LOGIN_URL
    assert client.get("/shop/trade/").status_code == 200
    assert client.get("/shop/trade/apply/").status_code == 302
    client.force_login(UserFactory())
    wrong = client.post("/shop/trade/apply/", {**TYPED, "credit_code": "91140400MA0GYLL11B"})
    assert wrong.status_code == 400 and not TradeBuyer.objects.exists()
    assert client.post("/shop/trade/apply/", TYPED).status_code == 302
    made = TradeBuyer.objects.get()
    assert (made.credit_code, made.phone) == ("91140400MA0GYLL11A", "+8613800005678")
    assert client.get("/shop/trade/apply/").status_code == 302
    assert client.get("/shop/trade/").status_code == 200


def test_from_the_price_list_to_the_order(client: Client) -> None:
    stockrecord = ArticleFactory(stock=300).stockrecords.get()
    set_tiers(stockrecord=stockrecord, tiers=[(20, Decimal(34))])
    buyer = trade_buyer(address=ADDRESS)
    client.force_login(buyer.user)
    assert stockrecord.product.get_title() in client.get("/shop/trade/").content.decode()
    ask = f"/shop/trade/ask/?article={stockrecord.product_id}"
    assert client.get(ask).status_code == 200
    assert client.post(ask, {f"quantity_{stockrecord.pk}": ""}).status_code == 400
    assert client.post(ask, {f"quantity_{stockrecord.pk}": 40}).status_code == 302
    found = Quotation.objects.get()
    url = f"/shop/trade/quotations/{found.number}/"
    assert "1360.00" in client.get(url).content.decode()
    response = client.post(url, {"act": "accept"})
    order = Order.objects.get()
    assert response["Location"] == f"/shop/pay/{order.token}/"
    assert client.get(url).status_code == 200


def test_a_quotation_is_nobody_elses(client: Client) -> None:
    stockrecord = ArticleFactory(stock=300).stockrecords.get()
    buyer = trade_buyer(address=ADDRESS)
    client.force_login(buyer.user)
    client.post(f"/shop/trade/ask/?article={stockrecord.product_id}", {f"quantity_{stockrecord.pk}": 4})
    url = f"/shop/trade/quotations/{Quotation.objects.get().number}/"
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404
    assert client.post(url, {"act": "withdraw"}).status_code == 404
    client.force_login(buyer.user)
    assert client.post(url, {"act": "withdraw"}).status_code == 302
    assert Quotation.objects.get().state == Quotation.State.WITHDRAWN


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(person("shop_operator"))
    return client


@pytest.mark.parametrize("name", [
    "shop-stock-movements", "shop-stock-lots", "shop-stock-takes", "shop-stock-places", "shop-statements",
    "shop-settlement-terms", "shop-supply-prices", "shop-promotion-shares", "shop-quotations",
    "shop-trade-buyers", "shop-settlement-proof",
])  # fmt: skip
def test_the_office_lists_it(office: Client, name: str) -> None:
    from django.urls import reverse

    assert office.get(reverse(f"{name}:index")).status_code == 200


def test_the_office_decides_about_a_buyer(office: Client) -> None:
    from django.urls import reverse

    buyer = trade_buyer(state="asked")
    url = reverse("shop-trade-buyers:desk", args=[buyer.pk])
    assert buyer.credit_code in office.get(url).content.decode()
    assert office.post(f"{url}refuse/", {"refuse-reason": ""}).status_code == 400
    assert office.post(f"{url}approve/", {}).status_code == 302
    buyer.refresh_from_db()
    assert buyer.state == TradeBuyer.State.APPROVED
    assert office.get(f"{url}approve/")["Location"] == url


def test_the_office_agrees_terms_draws_up_and_pays(office: Client) -> None:
    from django.urls import reverse

    stockrecord = ArticleFactory(stock=3).stockrecords.get()
    add = reverse("shop-settlement-terms:add")
    assert office.get(add).status_code == 200
    typed = {
        "partner": stockrecord.partner_id, "valid_from": "2026-01-01", "basis": "commission", "rate": "5",
        "promotion_share": "0", "agreed": "合同",
    }  # fmt: skip
    assert office.post(add, typed).status_code == 302
    assert office.post(add, typed).status_code == 200  # the same day twice: said on the form
    assert stockrecord.partner.settlement_terms.count() == 1
    draw = reverse("shop-statements:draw")
    assert office.get(draw).status_code == 200 and office.post(draw).status_code == 302
    assert not Statement.objects.exists()  # nobody sold anything
