"""The season record on the public page of a batch: what it tells, and what it costs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from brand.models import Crop
from record.batches import mark_changed
from record.models import Batch
from record.season import season_part
from telemetry.models import DailyReading, Device
from tests.factories.record import BatchFactory, active_code, event, sellable_batch

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 6, 12), date(2026, 10, 27)


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to("2026-11-22T08:00:00+00:00", tick=False)


@pytest.fixture
def batch() -> Batch:
    found = sellable_batch(planted_on=FIRST, harvested_on=LAST)
    found.product.crop = Crop.objects.create(name="大葱", name_en="Welsh onion", base_temperature=Decimal(5))
    found.product.save()
    return found


def days(batch: Batch, *, first: date = FIRST, last: date = LAST, without=(), **values) -> Device:
    device, _made = Device.objects.get_or_create(base=batch.base, device_id="ZJH-01")
    shown = {"hours": 24, "count": 24, "mean": 15.0, "min": 9.0, "max": 21.0, **values}
    DailyReading.objects.bulk_create(
        DailyReading(device=device, metric="temperature", day=first + timedelta(days=number), **shown)
        for number in range((last - first).days + 1)
        if number not in without
    )
    return device


def page(client, batch: Batch) -> str:
    return client.get(f"/trace/batches/{batch.product.gtin}/{batch.lot}/").content.decode()


def test_it_tells_mean_extremes_warmth_and_the_share_of_hours(client, batch):
    days(batch, without=range(60, 65))
    DailyReading.objects.filter(day=date(2026, 8, 1)).update(max=34.5)
    text = page(client, batch)
    assert 'id="season"' in text
    assert "一共 138 天" in text
    assert "3,312 个小时里，气象站记下了 3,192 个，占 96%" in text
    assert "34.5" in text
    assert "8 月 1 日" in text
    assert "大葱在 5 ℃ 以下不长" in text
    assert "1,330 ℃·日" in text  # 133 days of 15 ℃
    assert "有 5 天记得不够，没算进去。" in text
    assert "8 月 11 日到 8 月 15 日没有记录，一共 5 天。" in text
    assert 'href="#season"' in text


def test_events_are_numbered_in_the_chart(client, batch):
    days(batch)
    event(batch, day="2026-06-12", title="移栽", stage="planting")
    event(batch, day="2026-08-20", title="追肥")
    text = page(client, batch)
    assert "<li>1 移栽</li><li>2 追肥</li>" in text


def test_a_batch_that_still_grows_is_told_up_to_yesterday(client, batch):
    Batch.objects.filter(pk=batch.pk).update(harvested_on=None)
    days(batch, last=date(2026, 11, 21))
    text = page(client, batch)
    assert "还在长" in text
    assert "11 月 21 日" in text


def test_without_a_station_the_page_says_so(client, batch):
    text = page(client, batch).partition('id="season"')[2].partition("</section>")[0]
    assert "这块地没有气象站在记天气" in text
    assert "未记录" in text


def test_without_a_base_temperature_the_warmth_is_not_recorded(client, batch):
    days(batch)
    Crop.objects.update(base_temperature=None)
    text = page(client, batch)
    assert "℃·日" not in text
    assert "低于几度不长" in text


def test_what_did_not_grow_has_no_season(client, batch):
    days(batch)
    batch.product.needs_certificate = False
    batch.product.save()
    assert 'id="season"' not in page(client, batch)


def test_a_batch_whose_planting_is_not_known_has_none(client):
    assert 'id="season"' not in page(client, BatchFactory(planted_on=None))


def test_it_takes_one_query_and_none_once_it_is_kept(batch):
    days(batch)
    product = Batch.objects.select_related("product__crop").get(pk=batch.pk).product
    season_part(batch, product, ())  # metrics are remembered
    mark_changed(batch)
    batch.refresh_from_db()
    with CaptureQueriesContext(connection) as cold:
        first = season_part(batch, product, ())
    with CaptureQueriesContext(connection) as kept:
        again = season_part(batch, product, ())
    assert first == again != ""
    assert (len(cold), len(kept)) == (1, 0)


def test_what_came_late_shows_on_the_next_day_and_a_changed_batch_at_once(client, batch, time_machine):
    device = days(batch)
    assert "占 100%" in page(client, batch)
    DailyReading.objects.filter(device=device, day=FIRST).update(max=39.0)
    assert "39.0" not in page(client, batch)
    time_machine.shift(timedelta(days=1))
    assert "39.0" in page(client, batch)
    DailyReading.objects.filter(device=device, day=FIRST).update(max=38.0)
    mark_changed(batch)
    assert "38.0" in page(client, batch)


def test_the_record_page_with_a_season_stays_within_eight_queries(client, batch):
    days(batch)
    code = active_code(batch)
    path = f"/trace/{code.serial}/"
    client.get(path)
    from django.core.cache import cache

    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        assert 'id="season"' in client.get(path).content.decode()
    assert len(asked) <= 8


def test_it_speaks_english(client, batch):
    days(batch)
    text = client.get(f"/en/trace/batches/{batch.product.gtin}/{batch.lot}/").content.decode()
    assert "From planting on 12 June to harvest on 27 October: 138 days." in text
    assert "below which Welsh onion stands still" in text
    with translation.override("zh-hans"):
        assert "这一季的天气" in page(client, batch)
    assert timezone.localdate() == date(2026, 11, 22)
