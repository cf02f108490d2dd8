"""Tables in and out: looked at line by line before anything changes; a bad line loses nothing."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from lib.sheets import NotASheet
from shop.catalogue.models import Product
from shop.fulfilment.splitting import split_order
from shop.models import Consignment, OutsideHall, OutsideSale, SheetImport, SheetLine
from shop.order.models import Order
from shop.partner.models import StockRecord
from shop.sheets.imports import check_again, keep_sheet, take_over
from shop.sheets.kinds import KINDS
from tests.factories.accounts import person
from tests.factories.brand import LicenceFactory, ProductFactory
from tests.factories.orders import order_of
from tests.factories.pages import county
from tests.factories.shop import ArticleFactory, category, product_class, seller

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
State = SheetLine.State


@pytest.fixture(autouse=True)
def lucheng():
    return county()


@pytest.fixture
def officer():
    return person("shop_operator")


def table(*rows: dict[str, object]) -> bytes:
    keys = list(dict.fromkeys(key for row in rows for key in row))
    book = Workbook()
    book.active.append(keys)
    for row in rows:
        book.active.append([row.get(key) for key in keys])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sent(kind: str, officer, *rows: dict[str, object]) -> SheetImport:
    return keep_sheet(kind=KINDS[kind], name="表.xlsx", content=table(*rows), user=officer, at=NOW)


def states(source: SheetImport) -> list[str]:
    return list(source.lines.values_list("state", flat=True))


def take(source: SheetImport, officer) -> int:
    return take_over(source=source, kind=KINDS[source.kind], user=officer, at=NOW)


def line_of(article: Product, **changed: object) -> dict[str, object]:
    stock = article.stockrecords.get()
    seller_name = stock.partner.name
    return {
        "sku": stock.partner_sku, "seller": seller_name, "title": article.title, "price": str(stock.price),
    } | changed  # fmt: skip


def test_nothing_changes_before_it_is_taken_over(officer) -> None:
    article = ArticleFactory(title="潞城大葱 鲜葱")
    source = sent("articles", officer, line_of(article, price="42.50"))
    line = source.lines.get()
    assert line.state == State.READY and "39.80 → 42.50" in line.says[0]
    assert article.stockrecords.get().price == Decimal("39.80")
    assert take(source, officer) == 1
    assert article.stockrecords.get().price == Decimal("42.50")
    assert take(source, officer) == 0
    assert states(source) == [State.DONE]


def test_a_bad_line_keeps_no_good_one_back(officer) -> None:
    good, bad = ArticleFactory(), ArticleFactory()
    source = sent("articles", officer, line_of(bad, price="-1"), line_of(good, price="9.90"), line_of(bad))
    assert states(source) == [State.FAULTY, State.READY, State.SAME]
    assert take(source, officer) == 1
    assert good.stockrecords.get().price == Decimal("9.90") and bad.stockrecords.get().price == Decimal(
        "39.80"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"price": "三十"}, {"price": "0"}, {"price": "1e9"}, {"price": "1.234"}, {"price": "NaN"},
        {"was_price": "50"}, {"was_price": "10", "was_basis": "上月价"}, {"shown": "也许"},
        {"category": "没有的"}, {"gross": "-5"}, {"title": ""},
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_changes_nothing(officer, wrong: dict) -> None:
    article = ArticleFactory()
    source = sent("articles", officer, line_of(article, **wrong))
    line = source.lines.get()
    assert line.state == State.FAULTY and line.says[0]
    assert take(source, officer) == 0
    assert article.stockrecords.get().price == Decimal("39.80")


def test_a_new_article_is_made_with_its_seller_and_first_stock(client: Client, officer) -> None:
    product_class()
    product = ProductFactory(name="旱地西红柿", gtin="06971406000038")
    LicenceFactory(member=product.member, region=product.region, products=[product])
    seller(product)
    category("鲜货", "xianhuo")
    row = {
        "sku": "tomato-2kg", "title": "旱地西红柿", "gtin": product.gtin, "price": "29.90",
        "category": "鲜货", "stock": 30,
    }  # fmt: skip
    source = sent("articles", officer, row)
    assert states(source) == [State.READY] and not Product.objects.exists()
    assert take(source, officer) == 1
    stock = StockRecord.objects.get(partner_sku="tomato-2kg")
    assert (stock.num_in_stock, stock.price, stock.partner.member) == (30, Decimal("29.90"), product.member)
    assert stock.product.categories.get().name == "鲜货"
    again = sent("articles", officer, row)
    assert states(again) == [State.SAME] and take(again, officer) == 0
    assert client.get(stock.product.get_absolute_url()).status_code == 200


def test_two_sellers_may_number_alike_and_a_line_changes_its_own_only(officer) -> None:
    mine, theirs = ArticleFactory(title="我家的葱"), ArticleFactory(title="他家的葱")
    StockRecord.objects.update(partner_sku="dacong-5kg")
    assert mine.stockrecords.get().partner != theirs.stockrecords.get().partner
    source = sent("articles", officer, line_of(theirs, title="他家的鲜葱", price="42"))
    assert take(source, officer) == 1
    assert [Product.objects.get(pk=one.pk).title for one in (mine, theirs)] == ["我家的葱", "他家的鲜葱"]
    assert [one.stockrecords.get().price for one in (mine, theirs)] == [Decimal("39.80"), Decimal(42)]
    by_gtin = line_of(mine, seller="", gtin=mine.brand_product.gtin, price="43")
    assert take(sent("articles", officer, by_gtin), officer) == 1
    assert [one.stockrecords.get().price for one in (mine, theirs)] == [Decimal(43), Decimal(42)]


def test_a_number_of_another_seller_makes_an_article_of_ones_own(officer) -> None:
    theirs = ArticleFactory()
    mine = ProductFactory(gtin="06971406000038")
    seller(mine)
    row = line_of(theirs, seller="", gtin=mine.gtin, title="我家的葱", price="9.90")
    assert take(sent("articles", officer, row), officer) == 1
    assert theirs.stockrecords.get().price == Decimal("39.80")
    assert Product.objects.get(title="我家的葱").brand_product == mine


@pytest.mark.parametrize("named", ["", "没有这家"])
def test_a_line_that_does_not_say_whose_it_is_is_refused(officer, named: str) -> None:
    article = ArticleFactory()
    source = sent("articles", officer, line_of(article, seller=named, price="1"))
    assert states(source) == [State.FAULTY] and take(source, officer) == 0
    other = ArticleFactory()
    crossed = line_of(article, gtin=other.brand_product.gtin, price="1")
    assert states(sent("articles", officer, crossed)) == [State.FAULTY]
    assert article.stockrecords.get().price == Decimal("39.80")


@pytest.mark.parametrize("gtin", ["", "06971406999999"])
def test_a_new_article_needs_its_licensed_product(officer, gtin: str) -> None:
    source = sent("articles", officer, {"sku": "x", "title": "x", "price": "1", "gtin": gtin})
    assert states(source) == [State.FAULTY] and not Product.objects.exists()


def test_what_was_taken_along_comes_back_without_a_change(client: Client, officer) -> None:
    article = ArticleFactory(title="潞城大葱 鲜葱")
    article.categories.add(category("鲜货", "xianhuo"))
    client.force_login(officer)
    answer = client.get(reverse("shop-sheets:table", args=["articles"]))
    content = b"".join(answer.streaming_content)
    source = keep_sheet(kind=KINDS["articles"], name="回.xlsx", content=content, user=officer, at=NOW)
    assert states(source) == [State.SAME]


def test_sales_of_outside_halls_are_noted_and_replaced(officer, lucheng) -> None:
    hall = OutsideHall.objects.create(region=lucheng, platform="jd", name="潞城特产馆")
    row = {"platform": "京东", "hall": "潞城特产馆", "day": TODAY.isoformat(), "orders": 3, "amount": "120.5"}
    source = sent("outside", officer, row)
    assert take(source, officer) == 1
    source = sent(
        "outside", officer, row | {"amount": "99"}, row | {"day": f"{TODAY:%Y年%m月%d日}", "amount": "99"}
    )
    assert take(source, officer) == 2
    sale = OutsideSale.objects.get()
    assert (sale.hall, sale.orders, sale.amount) == (hall, 3, Decimal("99.00"))


@pytest.mark.parametrize(
    "wrong",
    [{"hall": "别的馆"}, {"day": "昨天"}, {"day": (TODAY + timedelta(days=1)).isoformat()}, {"orders": "0"}],
)
def test_sales_that_cannot_be_are_refused(officer, lucheng, wrong: dict) -> None:
    OutsideHall.objects.create(region=lucheng, platform="jd", name="潞城特产馆")
    row = {"platform": "京东", "hall": "潞城特产馆", "day": TODAY.isoformat(), "orders": 3, "amount": "120.5"}
    source = sent("outside", officer, row | wrong)
    assert states(source) == [State.FAULTY] and not OutsideSale.objects.exists()


def waiting_consignment() -> Consignment:
    order = order_of((ArticleFactory(), 2))
    Order.objects.filter(pk=order.pk).update(state=Order.State.TO_SEND, paid_at=NOW)
    order.refresh_from_db()
    split_order(order=order, at=NOW)
    return order.consignments.get()


def test_orders_leave_with_the_waybills_of_a_table(officer) -> None:
    first, second = waiting_consignment(), waiting_consignment()
    rows = [
        {"consignment": one.number, "carrier": "zhongtong", "waybill": number}
        for one, number in ((first, "75312345678901"), (second, "not a number"))
    ]
    source = sent("waybills", officer, *rows, {"consignment": "nothing", "carrier": "jd", "waybill": "1"})
    assert states(source) == [State.READY, State.FAULTY, State.FAULTY]
    assert take(source, officer) == 1
    for one in (first, second):
        one.refresh_from_db()
    assert (first.state, second.state) == (Consignment.State.SENT, Consignment.State.TO_PACK)
    assert first.parcels.get().waybill == "75312345678901"
    check_again(source=source, kind=KINDS["waybills"], at=NOW)
    assert states(source) == [State.DONE, State.FAULTY, State.FAULTY]


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n", b"PK\x03\x04broken", b"sku,title,price\n", b"\xff\xfe\x00\x01"]
)
def test_what_is_no_such_table_is_refused_whole(officer, content: bytes) -> None:
    with pytest.raises(NotASheet):
        keep_sheet(kind=KINDS["articles"], name="x.csv", content=content, user=officer, at=NOW)
    assert not SheetImport.objects.exists()


def test_an_officer_sends_a_table_in_and_takes_it_over(client: Client, officer) -> None:
    article = ArticleFactory()
    client.force_login(officer)
    assert client.get(reverse("shop-sheets:index")).status_code == 200
    address = reverse("shop-sheets:upload", args=["articles"])
    assert client.get(address).status_code == 200
    file = SimpleUploadedFile("表.xlsx", table(line_of(article, price="50"), line_of(article, price="x")))
    report = client.post(address, {"file": file}, follow=True)
    assert report.status_code == 200 and "39.80 → 50.00" in report.content.decode()
    source = SheetImport.objects.get()
    open_lines = client.get(reverse("shop-sheets:open", args=[source.pk]))
    assert load_workbook(BytesIO(b"".join(open_lines.streaming_content))).worksheets[0].max_row == 2
    assert client.get(reverse("shop-sheets:take", args=[source.pk])).status_code == 302
    assert article.stockrecords.get().price == Decimal("39.80")
    assert client.post(reverse("shop-sheets:take", args=[source.pk]), follow=True).status_code == 200
    assert article.stockrecords.get().price == Decimal("50.00")
    assert client.post(reverse("shop-sheets:check", args=[source.pk]), follow=True).status_code == 200
    assert client.get(reverse("shop-sheets:original", args=[source.pk])).status_code == 200
    refused = client.post(address, {"file": SimpleUploadedFile("x.csv", b"nothing")})
    assert refused.status_code == 400


@pytest.mark.parametrize("who", ["editor", "trace_operator"])
def test_others_send_nothing_in(client: Client, who: str) -> None:
    client.force_login(person(who))
    for address in ("/cms/shop-sheets/upload/articles/", reverse("shop-sheets:table", args=["articles"])):
        assert client.get(address).status_code in {302, 403}


def test_a_formula_is_handed_out_as_text(client: Client, officer) -> None:
    ArticleFactory(title="=1+1")
    client.force_login(officer)
    answer = client.get(reverse("shop-sheets:table", args=["articles"]))
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    assert sheet["C2"].value == "=1+1" and sheet["C2"].data_type == "s"
