"""Unit prices, struck prices, seasons: what cards and pages say of an article beside its price."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from shop.season import Season, season_of_harvests
from shop.unit_prices import kilo_price, unit_price
from tests.factories.pages import county
from tests.factories.shop import ArticleFactory

NOVEMBER = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("price", "grams", "told"),
    [
        ("39.80", 5000, "合每斤 3.98"),
        ("19.90", 100, "合每 100 克 19.90"),
        ("26", 2500, "合每斤 5.20"),
        ("1", 3000, "合每斤 0.17"),
    ],
)
def test_packs_of_different_sizes_compare(price: str, grams: int, told: str) -> None:
    assert str(unit_price(Decimal(price), grams)) == told


def test_without_a_net_content_there_is_no_unit_price() -> None:
    assert unit_price(Decimal("5"), None) is None and unit_price(None, 500) is None
    assert kilo_price(Decimal("5"), 100) is None
    assert str(kilo_price(Decimal("39.80"), 5000)) == "每千克 7.96"


@pytest.mark.parametrize(
    ("first", "last", "now", "year"),
    [
        (10, 12, True, 2027),
        (7, 8, False, 2027),
        (12, 1, False, 2026),
        (11, 2, True, 2027),
        (1, 12, True, 2027),
    ],
)
def test_a_season_may_go_over_the_turn_of_the_year(first: int, last: int, now: bool, year: int) -> None:
    season = Season(first, last, NOVEMBER)
    assert (season.now, season.next_year) == (now, year)
    assert season.whole_year is ((first, last) == (1, 12))


def test_harvests_of_earlier_batches_forecast_a_season() -> None:
    days = [date(2025, 11, 3), date(2025, 12, 20), date(2026, 1, 9)]
    season = season_of_harvests(days, on=NOVEMBER)
    assert season and (season.first, season.last) == (11, 1)
    assert season_of_harvests([], on=NOVEMBER) is None


@pytest.mark.django_db
def test_a_struck_price_is_shown_with_its_basis_only(client: Client) -> None:
    county()
    article = ArticleFactory(net_grams=5000)
    stock = article.stockrecords.get()
    stock.was_price, stock.was_basis = Decimal("45.80"), "10 月本馆的成交价"
    stock.save()
    page = client.get(article.get_absolute_url()).content.decode()
    assert "¥45.80" in page and "10 月本馆的成交价" in page and "合每斤 3.98" in page
    stock.was_price = Decimal("30")
    stock.save()
    assert "¥30.00" not in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_sold_out_out_of_season_tells_the_next_harvest(client: Client) -> None:
    county()
    month = date.today().month
    first = (month + 2) % 12 + 1
    article = ArticleFactory(season_from=first, season_to=first, stock=0)
    assert f"年 {first} 月开收" in client.get(article.get_absolute_url()).content.decode()
    assert "过季了" in client.get("/shop/catalogue/").content.decode()


@pytest.mark.django_db
def test_points_specification_and_what_is_missing_are_shown(client: Client) -> None:
    county()
    article = ArticleFactory(selling_points="葱白长\n\n当天起葱", specs="等级：特级\n尺寸：")
    page = client.get(article.get_absolute_url()).content.decode()
    assert "葱白长" in page and "特级" in page
    assert page.count("尺寸") == 1 and "未记录" in page
