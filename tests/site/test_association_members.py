"""The public list of members and a member's page."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.brand import LicenceFactory, MemberFactory, ProductFactory
from tests.factories.pages import add, brand_page, county
from tests.factories.record import BatchFactory


def licensed(member, **facts):
    today = timezone.localdate()
    period = {"valid_from": today - timedelta(days=9), "valid_to": today + timedelta(days=9)}
    return LicenceFactory(member=member, **{**period, **facts})


@pytest.fixture
def lucheng(db):
    return county()


@pytest.fixture
def coop(lucheng):
    return MemberFactory(
        region=lucheng, name="张家河合作社", slug="zhangjiahe", address="潞城区张家河村", about="守着那片地。"
    )


def test_the_list_holds_this_countys_members_only(client, coop):
    daning = county("daning", default=False, name="大宁", adcode="141030")
    MemberFactory(region=daning, name="大宁果业", kind="enterprise")
    page = client.get("/brand/members/").content.decode()
    assert "张家河合作社" in page
    assert "大宁果业" not in page
    elsewhere = client.get("/brand/members/", headers={"host": "daning.localhost"}).content.decode()
    assert "大宁果业" in elsewhere
    assert "张家河合作社" not in elsewhere


def test_the_list_is_filtered_by_legal_form(client, lucheng, coop):
    MemberFactory(region=lucheng, name="聪和", kind="enterprise")
    page = client.get("/brand/members/", {"kind": "enterprise"}).content.decode()
    assert "聪和" in page
    assert "张家河合作社" not in page


@pytest.mark.parametrize(
    "query", [{"kind": "🌶"}, {"kind": "x' or 1=1"}, {"page": "x"}, {"page": "99999"}, {"page": "-1"}]
)
def test_junk_in_the_query_shows_the_list(client, coop, query):
    answer = client.get("/brand/members/", query)
    assert answer.status_code == 200
    assert "张家河合作社" in answer.content.decode()


def test_licensed_members_come_first(client, lucheng, coop):
    second = MemberFactory(region=lucheng, name="阿农家")
    licensed(coop)
    LicenceFactory(member=second, valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1))
    page = client.get("/brand/members/").content.decode()
    assert page.index("张家河合作社") < page.index("阿农家")


def test_the_list_takes_the_same_queries_for_many_members(client, lucheng, coop):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/brand/members/").status_code == 200
        return len(captured)

    ProductFactory(member=coop)
    few = queries()
    for _ in range(8):
        licensed(ProductFactory(member=MemberFactory(region=lucheng)).member)
    assert queries() == few <= 8


def test_a_members_page_shows_products_licences_and_where_to_trace(client, coop):
    product = ProductFactory(member=coop, name="潞城大葱")
    batch = BatchFactory(product=product, lot="LC261027-03")
    licence = licensed(coop, products=[product])
    page = client.get("/brand/members/zhangjiahe/").content.decode()
    for text in [
        "张家河合作社",
        "潞城大葱",
        "守着那片地。",
        f"/brand/licences/{licence.number}/",
        f"/trace/batches/{product.gtin}/{batch.lot}/",
        batch.base.name,
        "未记录",
    ]:
        assert text in page


def test_a_revoked_licence_is_shown_as_such(client, coop):
    licensed(coop, state="revoked")
    page = client.get("/brand/members/zhangjiahe/").content.decode()
    assert 'class="licence off"' in page
    assert 'class="tag ok"' not in page


def test_a_members_page_takes_few_queries_however_much_it_makes(client, coop):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/brand/members/zhangjiahe/").status_code == 200
        return len(captured)

    def make_one():
        product = ProductFactory(member=coop)
        BatchFactory(product=product)
        licensed(coop, products=[product])

    make_one()
    queries()  # the frame of the page is kept from here on
    few = queries()
    for _ in range(4):
        make_one()
    assert queries() == few <= 9


def test_an_unknown_member_is_404(client, coop):
    assert client.get("/brand/members/nobody/").status_code == 404


def test_the_pages_can_be_kept_for_everybody(client, coop):
    for path in ("/brand/members/", "/brand/members/zhangjiahe/", "/brand/licences/"):
        answer = client.get(path)
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert "csrf" not in answer.content.decode().lower()


def test_the_brand_page_shows_its_blocks_beside_the_django_pages(client, lucheng, coop):
    body = [
        ("heading", "一根葱的白"),
        ("values", {"title": "我们认这几样", "items": [{"name": "土里的", "text": "照着一本标准种。"}]}),
        (
            "timeline",
            {"title": "走到今天", "moments": [{"when": "2018 年", "title": "写下标准", "text": ""}]},
        ),
        (
            "brands",
            {
                "title": "小而美",
                "brands": [{"name": "聪和", "text": "小包葱", "address": "/brand/members/conghe/"}],
            },
        ),
    ]
    brand_page(lucheng, intro="标是大家的。", body=body)
    page = client.get("/brand/").content.decode()
    for text in [
        "标是大家的。",
        "一根葱的白",
        "土里的",
        "2018 年",
        'href="/brand/members/conghe/"',
        'href="/brand/licences/"',
    ]:
        assert text in page
    assert "土埋多深，<wbr>葱白多长。" in page
    assert client.get("/brand/members/").status_code == 200


def test_a_draft_of_the_brand_page_is_not_public(client, lucheng):
    from association.models import BrandPage

    add(lucheng.site.root_page, BrandPage(title="草稿", slug="brand"), live=False)
    assert client.get("/brand/").status_code == 404
