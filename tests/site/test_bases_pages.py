"""The pages of the bases: a county's list, and one base in its own colours."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brand.models import Licence
from telemetry.models import Device, HourlyReading, Reading
from telemetry.vocabulary import current_vocabulary
from tests.factories.brand import LicenceFactory, ProductFactory
from tests.factories.pages import county
from tests.factories.record import BaseFactory, BatchFactory

NOW = timezone.now().replace(microsecond=0)


@pytest.fixture(autouse=True)
def _the_clock_stands(time_machine) -> None:
    """Collected long before they run, these tests must not see their station fall silent."""
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def lucheng(db):
    current_vocabulary()
    return county()


@pytest.fixture
def base(lucheng):
    return BaseFactory(
        region=lucheng, slug="zhangjiahe", name="张家河基地", place="张家河村", crops="大葱", area_mu="186.5"
    )


def station(base, device_id="ZJH-01", *, online=True, temperature=6.4, **facts):
    device = Device.objects.create(base=base, device_id=device_id, online=online, last_seen=NOW, **facts)
    values = {"temperature": temperature, "pm25": 21.0, "wind_direction": 315.0}
    Reading.objects.create(device=device, at=NOW, values=values, received_at=NOW)
    return device


def hours(device, metric="temperature", *, ago=range(24)):
    top = NOW.replace(minute=0, second=0)
    HourlyReading.objects.bulk_create(
        HourlyReading(
            device=device,
            metric=metric,
            hour=top - timedelta(hours=back),
            count=60,
            mean=5.0 + back / 10,
            min=3.1,
            max=9.9,
        )
        for back in ago
    )


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_list_shows_this_countys_bases_with_their_state(client, lucheng, base):
    station(base)
    BaseFactory(region=lucheng, slug="handi", name="旱地西红柿基地")
    BaseFactory(region=county("daning", default=False, adcode="141030"), slug="yuanshang", name="塬上果园")
    page = client.get("/bases/").content.decode()
    assert "此刻 6.4 ℃" in page
    assert "旱地西红柿基地" in page
    assert "塬上果园" not in page


def test_a_silent_station_is_shown_offline_with_its_last_time_and_no_current_value(client, base):
    station(base, online=False)
    page = client.get("/bases/").content.decode()
    assert "离线" in page
    assert "6.4 ℃" not in page


def test_a_station_out_of_use_is_not_shown(client, base):
    station(base, is_active=False)
    assert "6.4 ℃" not in client.get("/bases/").content.decode()
    assert "ZJH-01" not in client.get("/bases/zhangjiahe/").content.decode()


def test_the_list_takes_the_same_queries_for_many_bases(client, lucheng, base):
    station(base)
    few = queries(client, "/bases/")
    for number in range(6):
        station(BaseFactory(region=lucheng), f"X-{number}")
    assert queries(client, "/bases/") == few <= 6


def test_a_base_shows_what_is_known_of_it_and_its_live_readings(client, base):
    station(base)
    page = client.get("/bases/zhangjiahe/").content.decode()
    for text in [
        "张家河基地",
        "张家河村",
        "186.5",
        "ZJH-01",
        'data-live-base="zhangjiahe"',
        'data-metric="pm25"',
    ]:
        assert text in page


def test_what_is_not_known_is_said(client, lucheng):
    BaseFactory(region=lucheng, slug="bare", name="新基地")
    page = client.get("/bases/bare/").content.decode()
    assert page.count("未记录") >= 3


def test_the_last_24_hours_are_drawn_with_a_sentence_and_directions_are_not(client, base):
    device = station(base)
    hours(device)
    hours(device, "wind_direction")
    page = client.get("/bases/zhangjiahe/").content.decode()
    assert 'id="past-temperature"' in page
    assert "最低 3.1，最高 9.9 ℃" in page
    assert 'id="past-wind_direction"' not in page


def test_missing_hours_are_counted_and_not_bridged_by_a_line(client, base):
    hours(station(base), ago=[*range(5), *range(9, 24)])
    page = client.get("/bases/zhangjiahe/").content.decode()
    assert "24 小时里记了 20 小时" in page
    assert 'class="gap"' in page.partition('id="past-temperature"')[2]


def test_batches_products_and_licences_of_the_base_are_linked(client, base):
    product = ProductFactory(name="潞城大葱")
    batch = BatchFactory(product=product, base=base, lot="LC261027-03")
    today = timezone.localdate()
    licence = LicenceFactory(
        member=product.member, products=[product], valid_from=today, valid_to=today + timedelta(days=9)
    )
    page = client.get("/bases/zhangjiahe/").content.decode()
    assert f"/trace/batches/{product.gtin}/{batch.lot}/" in page
    assert f"/trace/products/{product.gtin}/" in page
    assert f"/brand/licences/{licence.number}/" in page
    Licence.objects.update(state="suspended")
    assert licence.number not in client.get("/bases/zhangjiahe/").content.decode()


def test_a_base_takes_the_same_queries_however_much_grows_there(client, base):
    def grow():
        product = ProductFactory()
        BatchFactory(product=product, base=base)
        LicenceFactory(member=product.member, products=[product])

    grow()
    hours(station(base))
    client.get("/bases/zhangjiahe/")
    few = queries(client, "/bases/zhangjiahe/")
    for _ in range(4):
        grow()
    assert queries(client, "/bases/zhangjiahe/") == few


def test_a_base_of_another_county_wears_its_own_colours_on_any_host(client, base):
    daning = county("daning", default=False, name="大宁", adcode="141030")
    BaseFactory(region=daning, slug="yuanshang", name="塬上果园")
    assert 'data-region="daning">' in client.get("/bases/yuanshang/").content.decode()
    assert 'data-region="lucheng">' in client.get("/bases/zhangjiahe/").content.decode()


def test_an_unknown_base_is_404(client, lucheng):
    assert client.get("/bases/nowhere/").status_code == 404


def test_the_pages_can_be_kept_for_everybody(client, base):
    station(base)
    for path in ("/bases/", "/bases/zhangjiahe/", "/en/bases/zhangjiahe/"):
        answer = client.get(path)
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert "csrf" not in answer.content.decode().lower()


def test_english_is_under_en(client, base):
    station(base)
    page = client.get("/en/bases/").content.decode()
    assert "right now" in page
    assert '<html lang="en"' in page


def test_a_base_takes_eight_queries(client, base):
    BatchFactory(base=base)
    hours(station(base))
    client.get("/bases/zhangjiahe/")
    assert queries(client, "/bases/zhangjiahe/") <= 8


def test_a_station_that_has_been_silent_too_long_is_offline_whatever_its_row_says(client, base):
    device = station(base)
    Device.objects.filter(pk=device.pk).update(last_seen=timezone.now() - timedelta(minutes=9))
    page = client.get("/bases/").content.decode()
    assert "离线" in page
    assert "6.4 ℃" not in page
    assert (
        'class="live off"' in client.get("/bases/zhangjiahe/").content.decode().partition("devices-title")[2]
    )
