"""Readings on a page are complete without any script: values, times, limits, and what is not current."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.template import Context, Template
from django.utils import translation

from telemetry.live.metric_faces import faces, forget_faces
from telemetry.live.sparkline import sparkline
from telemetry.models import Metric, Reading
from telemetry.vocabulary import forget_vocabulary
from tests.factories.telemetry import BaseFactory, DeviceFactory

pytestmark = pytest.mark.django_db
VALUES = {
    "pm25": 21.4, "pm10": 44.0, "tsp": 86.0, "noise": 43.0, "temperature": -0.04, "humidity": 58.0,
    "pressure": 912.3, "wind_speed": 4.1, "wind_direction": 315.0, "wind_force": 3.0,
}  # fmt: skip
NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(autouse=True)
def nothing_remembered():
    forget_faces()
    forget_vocabulary()


@pytest.fixture(autouse=True)
def at_that_time():
    """The clock stands: the suite takes longer than a device may be silent."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def device():
    return DeviceFactory(device_id="ZJH-01", name="张家河气象站", online=True, last_seen=NOW)


def measure(device, *, at=NOW, **values):
    Reading.objects.create(device=device, at=at, values=values or VALUES, received_at=at)


def render(tag, base):
    return Template("{% load live %}{% " + tag + " base %}").render(Context({"base": base}))


def tile(page, metric):
    """Return the words of one tile."""
    found = re.search(rf'<div class="metric[^>]*data-metric="{metric}".*?</div>', page, re.DOTALL)
    return " ".join(re.sub("<[^>]*>", " ", found[0]).split()) if found else None


def test_every_public_metric_is_shown_with_its_decimals_and_unit(device):
    measure(device)
    page = render("live_metrics", device.base)
    assert tile(page, "pm25") == "PM2.5 21 µg/m³ 24 小时参考 60"
    assert tile(page, "temperature") == "气温 0.0 ℃"
    assert tile(page, "wind_direction") == "风向 西北 315° 十六方位"
    assert tile(page, "noise") == "噪声 43.0 dB(A) 参考：昼 55，夜 45"
    assert len(re.findall("data-metric=", page)) == Metric.objects.filter(is_public=True).count()
    assert "现场读数" in page
    assert "张家河气象站 ZJH-01" in page


def test_in_english_everything_is_english(device):
    measure(device)
    with translation.override("en"):
        page = render("live_metrics", device.base)
    assert tile(page, "wind_direction") == "Wind direction NW 315° Sixteen points"
    assert tile(page, "wind_force") == "Wind force 3 Bft"
    assert not re.search("[\u4e00-\u9fff]", page.replace(device.name, ""))


def test_a_metric_added_as_a_row_is_shown_without_code(device):
    Metric.objects.create(
        key="soil_moisture", name="土壤湿度", name_en="Soil moisture", unit="%", accept_min=0, accept_max=100
    )
    measure(device, soil_moisture=23.46)
    assert tile(render("live_metrics", device.base), "soil_moisture") == "土壤湿度 23.5 %"


def test_a_metric_that_is_not_public_is_not_shown(device):
    Metric.objects.filter(key="noise").update(is_public=False)
    measure(device)
    assert tile(render("live_metrics", device.base), "noise") is None


def test_limits_are_those_of_the_day():
    def limit(year):
        forget_faces()
        pm25 = next(face for face in faces(on=datetime(year, 6, 1, tzinfo=UTC).date()) if face.key == "pm25")
        return pm25.limits.get("24h")

    assert (limit(2030), limit(2031)) == (60, 50)


@pytest.mark.parametrize("silence", ["told", "noticed"])
def test_a_silent_device_shows_a_dash_and_what_it_said_last(device, silence):
    then = NOW - timedelta(hours=2)
    measure(device, at=then)
    device.online, device.last_seen = silence == "noticed", then
    device.save()
    page = render("live_metrics", device.base)
    assert "现场读数" not in re.sub("data-live-words='?[^>]*", "", page)
    assert re.search(r"PM2.5 — µg/m³ 离线，最后一次 (\d+ 月 \d+ 日 )?\d\d:\d\d 是 21", tile(page, "pm25"))
    assert "315°" not in tile(page, "wind_direction")


def test_a_metric_that_stopped_is_quiet_while_the_others_are_current(device):
    measure(device, at=NOW - timedelta(hours=1))
    measure(device, pm10=50.0)
    page = render("live_metrics", device.base)
    assert "最后一次" in tile(page, "pm25")
    assert "离线" not in tile(page, "pm25")
    assert tile(page, "pm10").startswith("PM10 50 ")


def test_a_device_that_never_measured_has_its_tiles_hidden_for_the_script(device):
    page = render("live_metrics", device.base)
    assert "还没有读数" in page
    assert page.count("data-metric=") == len(re.findall(r" hidden>\s*<dt>", page))


def test_a_base_without_a_station_says_so():
    assert "未记录" in render("live_metrics", BaseFactory())
    assert "未记录" in render("live_strip", BaseFactory())


def test_the_strip_shows_the_short_form_of_one_station(device):
    measure(device)
    DeviceFactory(device_id="ZJH-00", base=device.base)
    page = render("live_strip", device.base)
    assert re.findall(r'data-metric="(\w+)"', page) == [
        "temperature", "humidity", "wind_force", "wind_direction", "pm25",
    ]  # fmt: skip
    assert 'data-live-device="ZJH-01"' in page
    assert "张家河大葱标准化示范种植基地" in page


def test_the_words_of_the_script_are_valid_and_escaped(device):
    page = render("live_metrics", device.base)
    words = re.search(r'data-live-words="([^"]*)"', page)[1].replace("&quot;", '"')
    assert json.loads(words)["again"] == "重新连接中"


def test_a_page_asks_two_queries_when_metrics_are_remembered(device, django_assert_max_num_queries):
    measure(device)
    with django_assert_max_num_queries(4):
        render("live_metrics", device.base)
    with django_assert_max_num_queries(2):
        render("live_metrics", device.base)


def test_a_line_is_drawn_through_its_box():
    line = sparkline([(0, 10), (60, 20), (120, 15)])
    assert line.lines == ["0.0,34.0 60.0,8.0 120.0,21.0"]
    assert line.areas == ["0.0,40.0 0.0,34.0 60.0,8.0 120.0,21.0 120.0,40.0"]
    assert line.gaps == []


def test_a_gap_is_dotted_and_never_bridged():
    line = sparkline([(0, 1), (1000, 1), (2000, 1), (10000, 1), (11000, 1), (12000, 1)])
    assert line.lines == ["0.0,21.0 10.0,21.0 20.0,21.0", "100.0,21.0 110.0,21.0 120.0,21.0"]
    assert line.gaps == ["20.0,21.0 100.0,21.0"]


def test_a_station_that_starts_to_send_faster_has_no_gap():
    assert sparkline([(0, 1), (600, 1), (1200, 1), (1203, 1), (1206, 1), (1209, 1)]).gaps == []


@pytest.mark.parametrize("points", [[], [(0, 1)]])
def test_too_few_points_draw_nothing(points):
    assert sparkline(points).lines == []
