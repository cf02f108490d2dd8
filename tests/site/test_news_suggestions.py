"""What there is to write about: what happened in a county lately, and what the almanac brings."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings as site_settings
from django.utils.module_loading import import_string

from news.planning.adding import add_plan
from news.planning.suggestions.almanac import named
from news.planning.suggestions.gathering import set_aside, suggestion, suggestions
from news.planning.suggestions.produce import harvests, new_articles, new_batches, new_licences
from shop.catalogue.models import Product
from tests.factories.brand import LicenceFactory, MemberFactory, ProductFactory
from tests.factories.pages import county, course, training_index
from tests.factories.record import BatchFactory, event
from tests.factories.shop import ArticleFactory
from training.suggestions import new_courses

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
SPAN = {"since": date(2026, 11, 11), "until": date(2026, 12, 9)}


@pytest.fixture
def region(db):
    return county()


def test_the_almanac_knows_solar_terms_and_festivals():
    # 2026 and 2027 as the Purple Mountain Observatory publishes them
    known = {
        date(2026, 11, 22): "小雪",
        date(2026, 12, 22): "冬至",
        date(2027, 2, 6): "春节",
        date(2027, 2, 20): "元宵节",
        date(2027, 4, 5): "清明",
        date(2027, 6, 9): "端午节",
        date(2027, 9, 15): "中秋节",
        date(2026, 9, 23): "中国农民丰收节",
    }
    for day, name in known.items():
        assert name in [found for _kind, found in named(day)], day
    assert named(date(2026, 11, 24)) == ()


def test_every_year_has_twenty_four_terms_and_one_new_year():
    for year in (2024, 2027, 2033):
        days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
        names = [(str(kind), name) for day in days if day.year == year for kind, name in named(day)]
        assert len({name for kind, name in names if kind == str(named(date(2026, 11, 22))[0][0])}) == 24
        assert [name for _kind, name in names].count("春节") == 1


def test_new_batches_and_harvests_of_the_county_are_told(region):
    batch = BatchFactory(product__region=region, product__name="潞城大葱 5 千克")
    event(batch, day="2026-11-19", title="起葱", step="harvest")
    other = BatchFactory(product__region=county("daning", default=False))
    event(other, day="2026-11-19", title="收苹果", step="harvest")
    told = [*harvests(region=region, **SPAN)]
    assert [one.origin for one in told] == [f"record.harvest:{batch.pk}"]
    assert "潞城大葱 5 千克" in told[0].title and told[0].product == batch.product_id
    begun = [*new_batches(region=region, since=date(2020, 1, 1), until=SPAN["until"])]
    assert [one.origin for one in begun] == [f"record.batch:{batch.pk}"]


def test_a_recalled_batch_is_nothing_to_write_home_about(region):
    batch = BatchFactory(product__region=region, recalled_at=NOW, recall_reason="农残")
    event(batch, day="2026-11-19", step="harvest")
    assert not [*harvests(region=region, **SPAN)]
    assert not [*new_batches(region=region, since=date(2020, 1, 1), until=SPAN["until"])]


def test_new_licences_articles_and_courses_are_told(region):
    member = MemberFactory(region=region, name="辛安泉合作社")
    LicenceFactory(member=member, issued_on=date(2026, 11, 20))
    LicenceFactory(member=member, issued_on=date(2026, 1, 20))
    article = ArticleFactory(brand_product=ProductFactory(region=region), title="葱酥")
    Product.objects.filter(pk=article.pk).update(date_created=NOW)
    page = course(training_index(region), "bozhong", title="怎么培土")
    type(page).objects.filter(pk=page.pk).update(first_published_at=NOW)
    assert ["辛安泉合作社" in one.title for one in new_licences(region=region, **SPAN)] == [True]
    assert [one.title for one in new_articles(region=region, **SPAN)] == ["特产馆上新：葱酥"]
    assert [one.title for one in new_courses(region=region, **SPAN)] == ["新课：怎么培土"]


def test_no_area_asks_more_than_one_query(region, django_assert_max_num_queries):
    event(BatchFactory(product__region=region), day="2026-11-19", step="harvest")
    course(training_index(region), "bozhong")
    for path in site_settings.NEWS_SUGGESTIONS:
        list(import_string(path)(region=region, **SPAN))  # what is asked once a process
        with django_assert_max_num_queries(1):
            list(import_string(path)(region=region, **SPAN))


def test_what_is_planned_or_set_aside_is_not_suggested_again(region, settings):
    settings.NEWS_SUGGESTIONS = ["tests.site.test_news_calendar.two_things"]
    from django.utils import timezone

    now = timezone.now()
    found = suggestion(region=region, origin="a:1", at=now)
    add_plan(
        region=region,
        title=found.title,
        planned_on=timezone.localdate(),
        by=None,
        at=now,
        origin=found.origin,
    )
    assert [one.origin for one in suggestions(region=region, at=now)] == ["a:2"]
    set_aside(region=region, origin="a:2", at=now)
    set_aside(region=region, origin="a:2", at=now)
    assert suggestions(region=region, at=now) == []
    assert len(suggestions(region=county("daning", default=False), at=now)) == 2
