"""Every page of the hall's back office: open to the operator, closed to others, as cheap with many rows."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.permissions import policy_registry

from accounts.models import User
from brand.models import Region
from lib.credit_code import check_character
from shop.aftersales.terms import lay_down
from shop.back_office.menu import GROUPS
from shop.county_post.models import CountyLine, Station
from shop.freight.models import FreightTemplate
from shop.invoices.models import InvoiceRequest
from shop.models import (
    Campaign,
    Hall,
    Notification,
    OutsideHall,
    OutsideSale,
    PayingTerms,
    Payment,
    Repayment,
    StockLot,
    StockPlace,
)
from shop.payments.refunding import refund
from shop.promotions.campaigns import schedule
from shop.questions.asking import ask as ask_question
from shop.settlement.agreeing import agree_terms, price_supply, share_promotion
from shop.settlement.drawing import draw_statement
from shop.sheets.imports import keep_sheet
from shop.sheets.kinds import KINDS
from shop.stock.counting import open_take
from shop.stock.receiving import receive
from shop.stock.shelves import store_of
from shop.tracking.models import TrackingMessage
from shop.trade.asking import ask as ask_price
from tests.factories.accounts import person
from tests.factories.claims import claim, received_line
from tests.factories.fulfilment import pickup_point
from tests.factories.pages import county
from tests.factories.presales import draft
from tests.factories.promotions import coupon, promotion
from tests.factories.shop import ArticleFactory, category
from tests.factories.trade import trade_buyer
from tests.factories.voices import paper_of, review_of

pytestmark = pytest.mark.django_db

LIMIT = 45  # queries of a list
ACTIONS = {"index": "view", "add": "add", "edit": "change", "delete": "delete", "inspect": "view"}
SIDE = {"index_results", "history", "history_results", "usage", "inspect_results"}  # Wagtail's own
FILES = {"photo", "check", "take", "original"}  # by keys of their own, or acts
VIEWSETS = [viewset for group in GROUPS for viewset in group.items]
SPACES = {viewset.name for viewset in VIEWSETS}
LISTS = {viewset.name for viewset in VIEWSETS if hasattr(viewset, "model")}


def _goods(region: Region, number: int) -> dict[str, Model]:
    parent = ArticleFactory(structure="parent", stock__price=None)
    ask_question(article=parent, text="能放多久？", user=None, address="192.0.2.1", at=timezone.now())
    paper = paper_of(ArticleFactory().stockrecords.get().partner, number=f"93140406MAXX{number:02d}0154")
    hall = OutsideHall.objects.create(region=region, platform="jd", name=f"潞城特产馆 {number}")
    facts = {"orders": 3, "amount": Decimal("99.90")}
    officer = person("shop_operator")
    content = "货号,标题,价格\nlucheng-1,潞城大葱,39.80\n".encode()
    return {
        "shop-articles": parent,
        "shop-sizes": ArticleFactory(
            structure="child", parent=parent, brand_product=None, product_class=None
        ),
        "shop-kinds": category(f"葱 {number}", f"cong-{number}"),
        "shop-presales": draft(),
        "shop-return-terms": lay_down(terms="perishable", since=timezone.now(), by=officer, article=parent),
        "shop-papers": paper,
        "shop-sellers-desk": paper.partner,
        "shop-types": parent.product_class,
        "shop-outside-halls": hall,
        "shop-outside-sales": OutsideSale.objects.create(hall=hall, day=timezone.localdate(), **facts),
        "shop-sheets": keep_sheet(
            kind=KINDS["articles"], name="表.csv", content=content, user=officer, at=timezone.now()
        ),
        "shop-questions-desk": parent.questions.get(),
        "shop-reviews-desk": review_of(ArticleFactory()),
    }


def _promotions(region: Region, number: int) -> dict[str, Model]:
    now = timezone.now()
    campaign = Campaign(
        region=region, name=f"年货节 {number}", starts_at=now + timedelta(days=1), published=True,
        ends_at=now + timedelta(days=9),
    )  # fmt: skip
    offer = promotion(region, threshold=50, value=5)
    shared = {"offer": offer, "supplier_share": Decimal(50), "valid_from": timezone.localdate(now)}
    return {
        "shop-campaigns": schedule(campaign=campaign, at=now, by=None),
        "shop-promotions": offer,
        "shop-coupons": coupon(region),
        "shop-promotion-shares": share_promotion(at=now, **shared),
    }


def _sold(number: int) -> dict[str, Model]:
    line, _codes = received_line()
    order, parcel = line.order, line.order.consignments.get().parcels.get()
    made = claim(line)
    refund(order=order, lines={line: 1}, reason="坏了一把", at=timezone.now(), by=None)
    payment = Payment.objects.get(due__order=order)
    told = {"gateway": payment.gateway, "outcome": "refused", "why": "少一分"}
    return {
        "shop-orders": order,
        "shop-claim": made,
        "parcels": parcel,
        "shop-payments": payment,
        "shop-repayments": Repayment.objects.get(payment=payment),
        "shop-notifications": Notification.objects.create(
            payment=payment, received_at=timezone.now(), **told
        ),
        "shop-invoice": InvoiceRequest.objects.create(order=order, kind="person", title=f"王小葱 {number}"),
        "tracking-messages": TrackingMessage.objects.create(
            received_at=timezone.now(), body="{}", parcel=parcel, outcome="taken"
        ),
    }


def _kept(region: Region, number: int) -> dict[str, Model]:
    now = timezone.now()
    stockrecord = ArticleFactory(stock=300).stockrecords.get()
    partner, by = stockrecord.partner, person("supplier")
    facts = {"stockrecord": stockrecord, "by": by, "at": now}
    movement = receive(quantity=6, lot_number=f"L{number}", expires_on=date(2027, 1, 1), **facts)
    take = open_take(partner=partner, place=store_of(partner), by=by, at=now)
    month = timezone.localdate(now).replace(day=1) - timedelta(days=1)
    terms = agree_terms(
        partner=partner, valid_from=month.replace(day=1), basis="commission", rate=Decimal(5),
        promotion_share=Decimal(0), agreed="合同", at=now - timedelta(days=90), by=by,
    )  # fmt: skip
    quotation = ask_price(
        buyer=trade_buyer(region=region, credit_code=_credit_code(number)),
        wishes=[(stockrecord, 40)],
        note="每周二送",
        at=now,
    )[0]
    return {
        "shop-stock-movements": movement,
        "shop-stock-lots": StockLot.objects.get(pk=movement.lot_id),
        "shop-stock-takes": take,
        "shop-stock-places": StockPlace.objects.create(kind="hall", name=f"特产馆 {number}", region=region),
        "shop-settlement-terms": terms,
        "shop-supply-prices": price_supply(
            stockrecord=stockrecord, price=Decimal(30), valid_from=timezone.localdate(now)
        ),
        "shop-statements": draw_statement(
            partner=partner, first=month.replace(day=1), last=month, at=now, by=by
        ),
        "shop-quotations": quotation,
        "shop-trade-buyers": quotation.buyer,
    }


def _credit_code(number: int) -> str:
    body = f"93140406MAXXXX{number:03d}"
    return body + check_character(body)


def _around(region: Region, number: int) -> dict[str, Model]:
    above = Station.objects.create(region=region, tier="county", name=f"中心 {number}")
    line = {"kilometres": 40, "minutes": 90, "leaves_at": time(9), "returns_at": time(11)}
    return {
        "freight": FreightTemplate.objects.create(
            region=region, name=f"普通快递 {number}", partner=_partner()
        ),
        "pickup-points": pickup_point(region, name=f"自提点 {number}"),
        "parcel-stations": Station.objects.create(
            region=region, tier="town", name=f"店上 {number}", above=above
        ),
        "parcel-lines": CountyLine.objects.create(region=region, number=number, **line),
    }


def _partner() -> Model:
    return ArticleFactory().stockrecords.get().partner


def _row(region: Region, number: int) -> dict[str, Model]:
    """Add one of everything; return it by the name of its list."""
    return {
        **_goods(region, number), **_promotions(region, number), **_sold(number), **_kept(region, number),
        **_around(region, number),
    }  # fmt: skip


def _world(region: Region) -> dict[str, Model]:
    """Add one of everything, with what a county has once."""
    return {
        **_row(region, 1),
        "shop-halls": Hall.objects.create(region=region, slogan="养葱，也养人。"),
        "shop-paying-terms": PayingTerms.objects.create(region=region, account="6228", holder="潞城特产馆"),
    }


def _pages(patterns=None, space: str = "") -> Iterator[tuple[str, str, set[str]]]:
    """Return namespace, name and arguments of every page of the hall in the back office."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _pages(pattern.url_patterns, pattern.namespace or space)
        elif space in SPACES and pattern.name and pattern.name not in SIDE | FILES:
            yield space, pattern.name, set(pattern.pattern.converters)


def _addresses(world: dict[str, Model]) -> Iterator[tuple[str, str, str]]:
    for space, name, needs in _pages():
        if not needs:
            yield space, name, reverse(f"{space}:{name}")
        elif needs == {"slug"}:
            yield space, name, reverse(f"{space}:{name}", args=["articles"])
        elif needs == {"pk"} and name != "order":
            yield space, name, reverse(f"{space}:{name}", args=[world[space].pk])
    yield "shop-repayments", "order", reverse("shop-repayments:order", args=[world["shop-orders"].pk])


def _as(role: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person(role))
    return client


def _offered(operator: User, space: str, name: str, world: dict[str, Model]) -> bool:
    if name not in ACTIONS or space not in world:
        return True
    return policy_registry.get_by_type(type(world[space])).user_has_permission(operator, ACTIONS[name])


@pytest.fixture
def region() -> Region:
    return county()


def test_the_world_has_a_row_of_every_list(region) -> None:
    assert set(_world(region)) == LISTS


def test_every_page_answers_the_operator_and_no_other_role(region) -> None:
    world = _world(region)
    client, others = _as("shop_operator"), [_as("clerk"), _as("brand_officer"), _as("supplier"), Client()]
    operator = User.objects.get(pk=client.session["_auth_user_id"])
    wrong = []
    for space, name, address in _addresses(world):
        answer = client.get(address).status_code
        if answer != 200 and (answer != 302 or _offered(operator, space, name, world)):
            wrong.append(f"{answer} {address}")
        if any(other.get(address).status_code == 200 for other in others):
            wrong.append(f"open to others: {address}")
    assert not wrong


def test_every_act_of_a_page_leads_back_to_it_when_it_is_reloaded(region) -> None:
    world, client, wrong = _world(region), _as("shop_operator"), []
    for space, desk in (("shop-orders", "desk"), ("shop-claim", "claim"), ("shop-invoice", "invoice"),
                        ("shop-payments", "desk"), ("shop-presales", "desk"),
                        ("shop-statements", "desk"), ("shop-trade-buyers", "desk")):  # fmt: skip
        answer = client.get(reverse(f"{space}:act", args=[world[space].pk, "anything"]))
        if answer.status_code not in {302, 404}:
            wrong.append((space, answer.status_code))
        page = client.get(reverse(f"{space}:{desk}", args=[world[space].pk])).content.decode()
        if f'href="{reverse(f"{space}:index")}"' not in page.partition('id="main"')[2]:
            wrong.append((space, "leads nowhere back"))
    assert not wrong


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as done:
        answer = client.get(address)
        assert answer.status_code == 200, address
        if answer.streaming:
            list(answer.streaming_content)
    return len(done)


@pytest.mark.parametrize("query", ["", "?export=csv"])
def test_a_list_asks_no_more_for_many_rows_than_for_one(region, query) -> None:
    world, client = _world(region), _as("shop_operator")
    addresses = [reverse(f"{space}:index") + query for space in sorted(world)]
    for address in addresses:
        client.get(address)  # what is kept after the first time
    before = {address: _queries(client, address) for address in addresses}
    for number in (2, 3):
        _row(region, number)
    after = {address: _queries(client, address) for address in addresses}
    assert {a: (before[a], after[a]) for a in addresses if after[a] > before[a] or after[a] > LIMIT} == {}


def test_tables_say_everything_in_words(region) -> None:
    world, client, wrong = _world(region), _as("shop_operator"), []
    for viewset in VIEWSETS:
        if viewset.name not in world or not isinstance(viewset.list_export, list | tuple):
            continue
        answer = client.get(reverse(f"{viewset.name}:index"), {"export": "xlsx"})
        book = load_workbook(BytesIO(answer.getvalue()))
        headings, *rows = list(book.active.values) or [("",)]
        if not rows:
            wrong.append((viewset.name, "no rows"))
        wrong += [(viewset.name, text) for text in headings if str(text).isascii() and text != "GTIN"]
        codes = _codes(type(world[viewset.name]))
        wrong += [(viewset.name, cell) for row in rows for cell in row if cell in codes]
    assert not wrong, "\n".join(map(str, wrong))


def _codes(model: type[Model]) -> set[str]:
    """Return what the database keeps for choices; ways of paying are a registry's."""
    fields = [*model._meta.get_fields(), *Payment._meta.get_fields()]
    choices = [choice for field in fields for choice in getattr(field, "choices", None) or ()]
    return {value for value, label in choices if isinstance(value, str) and value} | {
        "sandbox",
        "True",
        "False",
    }
