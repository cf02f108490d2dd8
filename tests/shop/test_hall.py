"""The hall: what a county sells, the same page for everybody, in a constant number of queries."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from changes.kept import kept
from record.links import product_links as links_of
from tests.factories.brand import LicenceFactory, ProductFactory
from tests.factories.pages import county
from tests.factories.record import BatchFactory
from tests.factories.shop import ArticleFactory, category

pytestmark = pytest.mark.django_db
HALL = "/shop/catalogue/"


@pytest.fixture(autouse=True)
def lucheng():
    return county()


def same_for_everybody(response) -> bool:
    return not response.cookies and "Cookie" not in response.get("Vary", "")


def test_the_hall_shows_articles_with_price_and_link(client: Client) -> None:
    article = ArticleFactory(title="潞城大葱 鲜葱")
    page = client.get(HALL).content.decode()
    assert "潞城大葱 鲜葱" in page and "39.80" in page and article.get_absolute_url() in page


def test_the_front_page_of_the_hall_shows_what_sells(client: Client) -> None:
    article = ArticleFactory(title="潞城大葱 鲜葱")
    response = client.get("/shop/")
    page = response.content.decode()
    assert "潞城特产馆" in page and article.get_absolute_url() in page
    assert same_for_everybody(response)


def test_each_county_has_its_own_hall(client: Client) -> None:
    daning = county("daning", default=False, adcode="141030", name="大宁")
    ArticleFactory(title="潞城大葱 鲜葱")
    apples = ProductFactory(member__region=daning, name="宁脆苹果")
    ArticleFactory(title="宁脆苹果 八斤", brand_product=apples)
    here, there = (
        client.get(HALL).content.decode(),
        client.get(HALL, HTTP_HOST="daning.localhost").content.decode(),
    )
    assert "潞城大葱 鲜葱" in here and "宁脆苹果 八斤" not in here
    assert "宁脆苹果 八斤" in there and "潞城大葱 鲜葱" not in there


def test_a_category_shows_its_own_and_those_below(client: Client) -> None:
    vegetables, fruit = category("蔬菜", "vegetables"), category("水果", "fruit")
    below = vegetables.add_child(name="葱", slug="scallions")
    ArticleFactory(title="鲜葱").categories.add(below)
    ArticleFactory(title="苹果").categories.add(fruit)
    page = client.get(vegetables.get_absolute_url())
    assert page.status_code == 200
    assert "鲜葱" in page.content.decode() and ">苹果<" not in page.content.decode()


def test_a_category_under_an_old_address_is_redirected(client: Client) -> None:
    vegetables = category("蔬菜", "vegetables")
    response = client.get(reverse("catalogue:category", args=["old", vegetables.pk]))
    assert (response.status_code, response["Location"]) == (301, vegetables.get_absolute_url())


@pytest.mark.parametrize("words", ["大葱", "鲜葱 潞城", "一捆"])
def test_search_finds_by_every_word(client: Client, words: str) -> None:
    ArticleFactory(title="潞城大葱 鲜葱", description="一捆五千克")
    tomato = ProductFactory(name="旱地西红柿", member__name="辛安泉合作社")
    ArticleFactory(title="旱地西红柿", brand_product=tomato)
    page = client.get("/shop/search/", {"q": words}).content.decode()
    assert "潞城大葱 鲜葱" in page and "旱地西红柿" not in page


@pytest.mark.parametrize(
    "words", ["", "没有的东西", "%", "_", "'; drop table", "葱" * 5000, "\x00", "<script>x</script>"]
)
def test_a_search_that_finds_nothing_is_a_page(client: Client, words: str) -> None:
    ArticleFactory(title="潞城大葱 鲜葱")
    response = client.get("/shop/search/", {"q": words})
    assert response.status_code == 200
    assert "<script>x" not in response.content.decode()


def test_articles_can_be_ordered_by_price(client: Client) -> None:
    ArticleFactory(title="贵的", stock__price=Decimal("90"))
    ArticleFactory(title="便宜的", stock__price=Decimal("9"))
    page = client.get(HALL, {"sort": "price"}).content.decode()
    assert page.index("便宜的") < page.index("贵的")
    assert client.get(HALL, {"sort": "nonsense"}).status_code == 200


def test_a_page_number_that_does_not_exist_leads_to_the_first(client: Client) -> None:
    for number in ("999", "0", "x"):
        assert client.get(HALL, {"page": number})["Location"] == HALL


def test_an_article_without_price_or_stock_says_so(client: Client) -> None:
    ArticleFactory(title="没货的", stock=0)
    unpriced = ArticleFactory(title="没价的", stock__price=None)
    assert client.get(HALL).status_code == 200
    page = client.get(unpriced.get_absolute_url()).content.decode()
    assert "basket/add" not in page


def test_lists_and_pages_are_the_same_for_everybody(client: Client) -> None:
    article = ArticleFactory()
    for address in (HALL, article.get_absolute_url(), "/shop/search/?q=葱"):
        response = client.get(address)
        assert response.status_code == 200 and same_for_everybody(response), address
        assert "csrfmiddlewaretoken" not in response.content.decode()


def _queries(client: Client, address: str, django_assert_max_num_queries) -> int:
    with django_assert_max_num_queries(10) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_a_list_needs_at_most_ten_queries_however_long(
    client: Client, settings, django_assert_max_num_queries
) -> None:
    settings.KEEP_READ_SECONDS = 30
    vegetables = category("蔬菜", "vegetables")
    for _ in range(2):
        ArticleFactory().categories.add(vegetables)
    client.get(HALL)
    kept.forget()
    few = _queries(client, HALL, django_assert_max_num_queries)
    for _ in range(15):
        ArticleFactory().categories.add(vegetables)
    kept.forget()
    assert _queries(client, HALL, django_assert_max_num_queries) == few


def test_a_product_page_needs_at_most_ten_queries_before_the_readings(
    client: Client, settings, django_assert_max_num_queries
) -> None:
    settings.KEEP_READ_SECONDS = 30
    article = ArticleFactory()
    client.get(article.get_absolute_url())
    _queries(client, article.get_absolute_url(), django_assert_max_num_queries)


def test_a_product_page_tells_where_it_grew(client: Client) -> None:
    product = ProductFactory(licensed=False)
    batch = BatchFactory(product=product, harvested_on=date(2026, 10, 27))
    LicenceFactory(member=product.member, products=[product], number="LC-2026-0017")
    article = ArticleFactory(brand_product=product)
    page = client.get(article.get_absolute_url()).content.decode()
    assert f"/trace/products/{product.gtin}/" in page
    assert f"/bases/{batch.base.slug}/" in page and batch.lot in page
    assert "/brand/licences/LC-2026-0017/" in page and product.member.name in page


def test_a_recalled_batch_and_a_lapsed_licence_are_not_shown(client: Client) -> None:
    product = ProductFactory(licensed=False)
    period = {"valid_from": date(2020, 1, 1), "valid_to": date(2022, 1, 1)}
    LicenceFactory(member=product.member, products=[product], number="LC-2020-0001", **period)
    page = client.get(ArticleFactory(brand_product=product).get_absolute_url()).content.decode()
    assert "LC-2020-0001" not in page


def test_a_product_page_wears_the_theme_of_its_county(client: Client) -> None:
    daning = county("daning", default=False, adcode="141030", name="大宁")
    article = ArticleFactory(brand_product=ProductFactory(member__region=daning))
    assert 'data-region="daning"' in client.get(article.get_absolute_url()).content.decode()


def test_hidden_and_unknown_articles_are_not_found(client: Client) -> None:
    hidden = ArticleFactory(is_public=False)
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert client.get("/shop/catalogue/x_999999/").status_code == 404


def test_a_description_cannot_bring_script(client: Client) -> None:
    article = ArticleFactory(description="<p>好</p><script>alert(1)</script>")
    assert "<script>alert" not in client.get(article.get_absolute_url()).content.decode()


def test_the_record_learns_where_a_product_is_sold() -> None:
    article = ArticleFactory()
    assert [(link.kind, link.url) for link in links_of(article.brand_product)] == [
        ("buy", article.get_absolute_url())
    ]
    assert not links_of(ProductFactory())
