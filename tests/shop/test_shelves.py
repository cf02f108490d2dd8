"""The shelves follow the facts: what is listed where, at which price, in which order."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from brand.models import Member
from shop.catalogue.models import Product
from shop.listing.best import count_sold
from shop.listing.models import Listing
from shop.listing.reading import DEEPEST, NoSuchPage, count_of, page_of, shelf
from tests.factories.brand import MemberFactory
from tests.factories.pages import county
from tests.factories.shop import ArticleFactory, category, seller

pytestmark = pytest.mark.django_db
HALL = "/shop/catalogue/"


@pytest.fixture(autouse=True)
def lucheng():
    return county()


def shelves(article: Product) -> set:
    return set(Listing.objects.filter(article=article).values_list("shelf__name", flat=True))


def test_an_article_stands_in_the_hall_in_its_kind_and_in_those_above() -> None:
    top = category("蔬菜", "vegetables")
    below = top.add_child(name="葱", slug="scallions")
    article = ArticleFactory()
    article.categories.add(below)
    assert shelves(article) == {None, "蔬菜", "葱"}
    article.categories.clear()
    assert shelves(article) == {None}


def test_it_leaves_the_shelves_when_it_is_hidden_and_comes_back() -> None:
    article = ArticleFactory()
    for shown in (False, True):
        article.is_public = shown
        article.save()
        assert bool(shelves(article)) is shown


def test_the_lowest_price_of_its_sizes_counts() -> None:
    parent = ArticleFactory(structure="parent")
    for price in ("50", "20"):
        ArticleFactory(
            structure="child", parent=parent, product_class=None, brand_product=None, slug=f"s{price}",
            stock__price=Decimal(price),
        )  # fmt: skip
    assert Listing.objects.get().price == Decimal("20")
    parent.children.get(slug="s20").delete()
    assert Listing.objects.get().price == Decimal("50")


def test_a_new_price_moves_it() -> None:
    article = ArticleFactory()
    stock = article.stockrecords.get()
    stock.price = Decimal("12.50")
    stock.save()
    assert Listing.objects.get().price == Decimal("12.50")


def test_a_product_that_goes_to_another_member_is_not_sold_by_the_first() -> None:
    article = ArticleFactory()
    product = article.brand_product
    product.member = MemberFactory(region=product.region)
    product.save()
    assert not shelves(article)
    stock = article.stockrecords.get()
    stock.partner = seller(product)
    stock.save()
    assert shelves(article) == {None}
    assert Member.objects.count() == 2


def test_pages_end_where_nobody_looks_any_more(lucheng) -> None:
    rows = shelf(lucheng, None, on=timezone.localdate())
    for number in (0, 2, DEEPEST + 1):
        with pytest.raises(NoSuchPage):
            page_of(rows, order="", number=number)
    assert page_of(rows, order="", number=1).keys == []
    assert count_of(rows) == 0


@pytest.mark.parametrize("order", ["", "sold", "price", "-price", "title", "nonsense"])
def test_every_order_shows_every_article_once(client: Client, order: str) -> None:
    keys = [ArticleFactory(stock__price=Decimal(price)).pk for price in (3, 1, 2)]
    rows = shelf(None, None, on=timezone.localdate())
    assert sorted(page_of(rows, order=order, number=1).keys) == sorted(keys)
    assert client.get(HALL, {"sort": order}).status_code == 200


def test_nothing_sold_changes_nothing() -> None:
    ArticleFactory()
    assert count_sold(at=timezone.now()) == 0
