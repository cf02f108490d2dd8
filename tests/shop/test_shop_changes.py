"""The page cache hears of what a page shows, and of nothing else."""

from decimal import Decimal

import pytest

from changes.models import Change
from shop.partner.models import StockRecord
from tests.factories.shop import ArticleFactory, category

pytestmark = pytest.mark.django_db


@pytest.fixture
def stock() -> StockRecord:
    ArticleFactory()
    Change.objects.all().delete()
    return StockRecord.objects.get()


def told() -> list[tuple[str, str]]:
    return list(Change.objects.values_list("kind", "region"))


def test_an_article_is_told_with_its_county() -> None:
    article = ArticleFactory(stock__price=None)
    article.title = "新名字"
    Change.objects.all().delete()
    article.save()
    article.delete()
    assert told() == [("saved", "lucheng"), ("deleted", "lucheng")]


def test_a_category_concerns_every_county() -> None:
    category("蔬菜", "vegetables")
    assert told() == [("saved", "")]


def test_a_new_price_is_told(stock: StockRecord) -> None:
    stock.price = Decimal("45")
    stock.save()
    assert told() == [("saved", "lucheng")]


def test_only_the_last_piece_sold_and_what_comes_back_are_told(stock: StockRecord) -> None:
    stock.allocate(9)
    assert told() == []
    stock.allocate(1)
    assert told() == [("saved", "lucheng")]
    stock.cancel_allocation(1)
    assert len(told()) == 2


def test_who_sells_is_told(stock: StockRecord) -> None:
    stock.partner.name = "新的社"
    stock.partner.save()
    assert told() == [("saved", "")]
