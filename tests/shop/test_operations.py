"""The hall in the back office: what waits, what was sold, which orders there are."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from shop.counting.tally import Tally, tally
from shop.models import HallCount, OutsideHall, OutsideSale
from shop.order.models import Order
from shop.overview.charts import bars
from shop.overview.figures import figures
from shop.overview.waiting import waiting
from shop.questions.asking import ask
from tests.factories.accounts import person
from tests.factories.orders import order_of
from tests.factories.pages import county
from tests.factories.shop import ArticleFactory
from tests.factories.voices import review_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture(autouse=True)
def lucheng():
    tally._take()
    yield county()
    tally._take()


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(person("shop_operator"))
    return client


def to_send(order: Order, *, paid_at=NOW) -> Order:
    Order.objects.filter(pk=order.pk).update(state=Order.State.TO_SEND, paid_at=paid_at)
    return order


def counts(at=NOW, region=None) -> dict[str, tuple[int, int]]:
    return {str(row.label): (row.count, row.late) for row in waiting(region, at=at)}


def test_what_waits_is_counted_with_what_waits_too_long(operator: Client) -> None:
    article = ArticleFactory()
    to_send(order_of((article, 1)))
    to_send(order_of((article, 1)), paid_at=NOW - timedelta(days=3))
    order_of((article, 1))
    review_of(article)
    ask(article=article, text="能放多久？", user=None, address="192.0.2.1", at=NOW)
    found = list(counts().values())
    assert found[0] == (2, 1) and (1, 0) in found
    page = operator.get(reverse("shop-overview:index"))
    assert page.status_code == 200 and reverse("shop-questions-desk:index") in page.content.decode()
    assert reverse("shop-overview:index") in operator.get("/cms/").content.decode()


def test_one_county_sees_its_own(operator: Client, lucheng) -> None:
    to_send(order_of((ArticleFactory(), 1)))
    daning = county("daning", default=False, adcode="141030", name="大宁")
    assert next(iter(counts(region=lucheng).values()))[0] == 1
    assert next(iter(counts(region=daning).values()))[0] == 0
    asked = {"region": daning.pk, "since": "2026-01-01", "until": "2026-01-31"}
    assert operator.get(reverse("shop-overview:index"), asked).status_code == 200


def test_visits_are_counted_without_following_anybody(
    client: Client, lucheng, django_assert_num_queries
) -> None:
    article = ArticleFactory()
    fragment, page = "/fragments/visitor/", f"http://testserver{article.get_absolute_url()}"
    with django_assert_num_queries(0):
        tally.add(lucheng.pk, "view")
    here = {"HTTP_REFERER": page}
    client.get(f"{fragment}?new", **here)
    client.get(fragment, **here)
    client.get(fragment, HTTP_REFERER="http://testserver/news/")
    client.get(f"{fragment}?new", HTTP_REFERER="https://elsewhere.example/shop/")
    client.get(fragment)
    tally.flush()
    kept = dict(HallCount.objects.values_list("kind", "count"))
    assert kept == {"view": 3, "visit": 1}
    assert not client.cookies


def test_what_goes_into_a_basket_is_counted(client: Client) -> None:
    address = reverse("basket:add", args=[ArticleFactory().pk])
    client.post(address, {"quantity": 2}, HTTP_SEC_FETCH_SITE="same-origin")
    tally.flush()
    assert HallCount.objects.get(kind="basket").count == 1


def test_sums_of_two_processes_add_up(lucheng) -> None:
    for _ in range(2):
        own = Tally()
        for _ in range(3):
            own.add(lucheng.pk, "visit")
        own.flush()
    assert HallCount.objects.get().count == 6


def test_the_figures_hold_what_was_ordered_and_not_cancelled(lucheng) -> None:
    article = ArticleFactory(stock__price=Decimal("10"))
    kept, cancelled = order_of((article, 2)), order_of((article, 1))
    Order.objects.filter(pk=cancelled.pk).update(state=Order.State.CANCELLED)
    HallCount.objects.create(region=lucheng, day=TODAY, kind="visit", count=4)
    hall = OutsideHall.objects.create(region=lucheng, platform="jd", name="潞城特产馆")
    OutsideSale.objects.create(hall=hall, day=TODAY, orders=3, amount=Decimal("99.90"))
    found = figures(None, since=TODAY - timedelta(days=6), until=TODAY)
    assert (found.total.orders, found.total.amount) == (1, kept.total_incl_tax)
    assert found.total.bought == "25.0" and len(found.days) == 7
    assert found.channels["jd"] == (3, Decimal("99.90"))
    assert sum(numbers.amount for numbers in found.days.values()) == found.total.amount
    assert found.counties[lucheng.name].outside == Decimal("99.90")


def test_the_period_is_handed_out_as_a_spreadsheet(operator: Client) -> None:
    order_of((ArticleFactory(), 1))
    answer = operator.get(reverse("shop-overview:table"))
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert len(book.worksheets) == 3 and book.worksheets[0].max_row == 31


@pytest.mark.parametrize(
    "asked", [{"since": "x"}, {"region": "999"}, {"since": "2026-02-01", "until": "2026-01-01"}]
)
def test_nonsense_is_no_error(operator: Client, asked: dict) -> None:
    assert operator.get(reverse("shop-overview:index"), asked).status_code == 200


def test_a_chart_of_nothing_is_flat() -> None:
    chart = bars([(TODAY, 0), (TODAY, 0)])
    assert [bar.height for bar in chart.bars] == [0, 0]
    assert bars([(TODAY, Decimal("5")), (TODAY, Decimal("10"))]).bars[0].height == 60


@pytest.mark.parametrize("who", ["editor", "trace_operator"])
def test_others_see_neither_orders_nor_figures(client: Client, who: str) -> None:
    client.force_login(person(who))
    for name in ("shop-overview:index", "shop-overview:table", "shop-orders:index"):
        assert client.get(reverse(name)).status_code in {302, 403}, name


def test_orders_are_found_and_filtered(operator: Client) -> None:
    first, second = ArticleFactory(title="潞城大葱 鲜葱"), ArticleFactory(title="旱地西红柿")
    green, red = to_send(order_of((first, 1))), order_of((second, 1))
    listed = reverse("shop-orders:index")
    assert operator.get(listed).status_code == 200
    for asked in (
        {"q": green.number},
        {"state": "to_send"},
        {"seller": green.lines.get().partner_id},
        {"q": "大葱"},
    ):
        words = operator.get(listed, asked).content.decode()
        assert green.number in words and red.number not in words, asked


def test_orders_are_taken_along_as_a_table(operator: Client, django_assert_max_num_queries) -> None:
    orders = [order_of((ArticleFactory(title=f"第 {number} 样"), 1)) for number in range(4)]
    with django_assert_max_num_queries(25):
        answer = operator.get(reverse("shop-orders:index"), {"export": "xlsx"})
        sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert {order.number for order in orders} <= {row[0] for row in rows}
    assert any("第 1 样 ×1 ¥39.80" in cell for row in rows for cell in row)
    assert any("店上镇张家河村12号" in cell for row in rows for cell in row)


def test_an_order_is_looked_at_and_cancelled_with_a_reason(operator: Client) -> None:
    article = ArticleFactory()
    order = order_of((article, 2))
    desk = reverse("shop-orders:desk", args=[order.pk])
    assert order.number in operator.get(desk).content.decode()
    assert operator.post(f"{desk}cancel/", {"cancel-reason": ""}).status_code == 400
    order.refresh_from_db()
    assert order.state == Order.State.UNPAID
    operator.post(f"{desk}cancel/", {"cancel-reason": "买的人打电话说不要了"})
    order.refresh_from_db()
    assert order.state == Order.State.CANCELLED
    assert article.stockrecords.get().num_allocated == 0
    assert operator.post(f"{desk}cancel/", {"cancel-reason": "再来"}).status_code == 400


def test_nobody_writes_an_order_by_a_form(operator: Client) -> None:
    order = order_of((ArticleFactory(), 1))
    for name in ("edit", "delete"):
        assert operator.post(reverse(f"shop-orders:{name}", args=[order.pk])).status_code in {302, 403}
    assert Order.objects.filter(pk=order.pk, state=Order.State.UNPAID).exists()
