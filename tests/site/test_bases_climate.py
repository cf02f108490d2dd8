"""Looking back on a base: a day, a week, a season, in charts and numbers, with means beside limits."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bases.periods import Period, hours_until, season_start, stretches
from telemetry.models import Base, DailyReading, Device, HourlyReading
from tests.factories.pages import county
from tests.factories.record import BaseFactory, BatchFactory

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
TODAY = date(2026, 11, 22)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PATH = "/bases/zhangjiahe/"


@pytest.fixture
def base(db, time_machine) -> Base:
    time_machine.move_to(NOW, tick=False)
    return BaseFactory(region=county(), slug="zhangjiahe", name="张家河基地")


def station(base: Base, *, hours=range(24), days=range(0), metric="temperature", mean=5.0) -> Device:
    device, _made = Device.objects.get_or_create(base=base, device_id="ZJH-01")
    values = {"device": device, "metric": metric, "count": 60, "mean": mean, "min": mean - 1, "max": mean + 1}
    top = NOW.replace(minute=0)
    HourlyReading.objects.bulk_create(HourlyReading(hour=top - back * HOUR, **values) for back in hours)
    DailyReading.objects.bulk_create(
        DailyReading(day=TODAY - back * DAY, hours=24, **values) for back in days
    )
    return device


def page(client, period: str = "") -> str:
    return client.get(PATH, {"period": period} if period else {}).content.decode()


def test_periods_are_links_and_the_current_one_is_marked(client, base):
    station(base)
    text = page(client, "week")
    assert 'href="?period=week#weather" aria-current="page"' in text
    assert 'href="?period=season#weather"' in text
    assert f'href="{PATH}#weather"' in text


def test_a_week_is_drawn_by_the_hour_and_told_by_the_day(client, base):
    station(base, hours=[*range(100), *range(110, 168)])
    text = page(client, "week")
    assert "168 小时里记了 158 小时" in text
    assert '<th scope="row">11 月 18 日</th>' in text
    assert 'class="gap"' in text.partition('id="past-temperature"')[2]


def test_a_season_is_drawn_by_the_day_and_told_by_the_week(client, base):
    BatchFactory(base=base, planted_on=date(2026, 6, 12), harvested_on=date(2026, 10, 27))
    station(base, hours=(), days=range(150))
    text = page(client, "season")
    assert "从 2026 年 6 月 12 日起，一天一个点" in text
    assert "164 天里记了 150 天" in text
    assert '<th scope="row">11 月 20 日</th>' in text
    assert "5.0 (4.0…6.0)" in text


def test_the_table_says_what_the_chart_says(client, base):
    station(base, hours=[0, 1, 3])
    text = page(client).partition("换成数字看")[2]
    assert text.count("5.0 (4.0…6.0)") == 3
    assert text.partition("</table>")[0].count("未记录") == 21


def test_nothing_recorded_is_said(client, base):
    Device.objects.create(base=base, device_id="ZJH-01")
    assert "这段时间没有记录。" in page(client)


def test_an_unknown_period_is_a_day(client, base):
    station(base)
    assert "一个点是一小时的平均。" in page(client, "century")


def test_means_of_whole_days_stand_beside_their_limits(client, base):
    station(base, hours=range(56), metric="pm25", mean=34.0)
    text = page(client).partition('id="means-title"')[2]
    assert "在二级以内" in text
    assert "二级 60 · GB 3095-2026 · 到 2030 年 12 月 31 日" in text
    assert "11 月 21 日，24 小时" in text


def test_a_mean_above_the_limit_is_said_in_words(client, base):
    station(base, hours=range(56), metric="pm25", mean=75.0)
    assert "高于二级" in page(client)


def test_a_mean_of_too_few_hours_is_not_compared(client, base):
    station(base, hours=range(20), metric="pm25", mean=75.0)
    text = page(client)
    assert "只记了 3 小时，不比" in text
    assert "高于" not in text


def test_readings_alone_are_never_coloured(client, base):
    station(base, hours=range(16), metric="pm25", mean=400.0)
    text = page(client)
    assert "平均和限值" not in text
    assert 'class="tag warn"' not in text


@pytest.mark.parametrize("period", ["day", "week", "season"])
def test_each_period_takes_the_same_queries_however_much_was_measured(client, base, period):
    station(base, hours=range(30), days=range(30))
    page(client, period)

    def asked() -> int:
        from django.core.cache import cache

        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            page(client, period)
        return len(captured)

    few = asked()
    station(base, hours=range(200), days=range(150), metric="pm25")
    assert asked() == few <= 10


def test_the_season_of_a_base_begins_with_what_grows_or_was_harvested_lately():
    june, may = date(2026, 6, 12), date(2026, 5, 2)
    assert season_start([(june, TODAY - 9 * DAY), (may, TODAY - 90 * DAY)], today=TODAY) == june
    assert season_start([(may, None), (june, None)], today=TODAY) == may
    assert season_start([(None, None)], today=TODAY) == TODAY - 180 * DAY
    assert season_start([(date(2020, 1, 1), None)], today=TODAY) == TODAY - 366 * DAY


def test_a_week_has_a_line_for_each_local_day():
    lines = stretches(Period.WEEK, hours_until(NOW, 168))
    assert [line.label for line in lines] == [TODAY - back * DAY for back in range(7, -1, -1)]
    assert sum(len(line.moments) for line in lines) == 168
