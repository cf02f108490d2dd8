"""Simulated stations are believable, and a replayed series gives the hourly means that were measured."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from django.core.management import CommandError, call_command

from telemetry.ingest.store import store
from telemetry.models import Device, HourlyReading, Metric, Reading
from telemetry.rollups import roll_up_dirty_hours
from telemetry.simulate.history import history
from telemetry.simulate.series import Sample, by_the_minute, read_series, redated, relative_humidity
from telemetry.simulate.station import Simulated, simulate_many
from telemetry.simulate.weather import CLIMATES, measure
from tests.factories.telemetry import PASSWORD, DeviceFactory
from tests.trace.mqtt import embedded_broker, eventually, ingest, ingest_url

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
SERIES = """ts,pm25,pm10,temp_c,pres_hpa,dewp_c,rain_mm,wd,wspm_ms
2013-03-01T00:00:00+08:00,7,7,-2.3,1020.3,-20.7,0,WNW,3.1
2013-03-01T01:00:00+08:00,40,4,-2.7,1020.8,-20.5,0,NNW,0
2013-03-01T02:00:00+08:00,,4,3.2,1020.6,-21.4,0,NW,1.8
2013-03-01T05:00:00+08:00,3,30,-3.3,1021.3,-23.7,0,,2.4
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "series.csv"
    path.write_text(SERIES)
    return path


@pytest.mark.django_db
@pytest.mark.parametrize("region", [*CLIMATES, "elsewhere"])
def test_every_hour_of_a_year_is_accepted(region: str):
    accepted = {metric.key: (metric.accept_min, metric.accept_max) for metric in Metric.objects.all()}
    for number in range(0, 365 * 24, 13):
        values = measure(region=region, device_id="A-1", at=NOW + number * HOUR)
        assert values.keys() == accepted.keys()
        for key, value in values.items():
            low, high = accepted[key]
            assert low <= value <= high, (key, value)
        assert values["pm25"] < values["pm10"] < values["tsp"]


def test_days_are_warmer_than_nights_and_summers_than_winters():
    def mean(month: int, hour: int) -> float:
        days = [datetime(2026, month, day, hour - 8, tzinfo=UTC) for day in range(1, 28)]
        return sum(measure(region="lucheng", device_id="A", at=at)["temperature"] for at in days) / 27

    assert mean(7, 14) > mean(7, 8) + 3
    assert mean(7, 14) > mean(1, 14) + 15


def test_devices_differ_and_a_moment_is_always_the_same():
    first = measure(region="lucheng", device_id="A", at=NOW)
    assert first == measure(region="lucheng", device_id="A", at=NOW)
    assert first != measure(region="lucheng", device_id="B", at=NOW)


@pytest.mark.django_db
def test_a_history_made_twice_is_written_once():
    device = DeviceFactory()
    for _ in range(2):
        store(list(history(device, hours=24, until=NOW)), received_at=NOW)
    assert Reading.objects.count() == 24 * 6 + 3
    assert Reading.objects.order_by("-at").first().at == NOW - timedelta(minutes=10)


def test_the_public_data_set_is_read(file: Path):
    first, second, third, _last = read_series(file)
    assert first.at == datetime(2013, 2, 28, 16, tzinfo=UTC)
    assert first.values | {"humidity": 0} == {
        "pm25": 7, "pm10": 7, "temperature": -2.3, "pressure": 1020.3, "wind_speed": 3.1,
        "wind_direction": 292.5, "humidity": 0,
    }  # fmt: skip
    assert second.values["pm25"] > second.values["pm10"]
    assert "pm25" not in third.values


def test_humidity_follows_from_temperature_and_dew_point():
    assert relative_humidity(temperature=20, dew_point=20) == 100
    assert relative_humidity(temperature=25, dew_point=15) == pytest.approx(53.8, abs=0.1)


def test_minutes_have_the_means_of_their_hours(file: Path):
    series = read_series(file)
    minutes = by_the_minute(series)
    assert len(minutes) == 240
    for number, sample in enumerate(series):
        hour = minutes[60 * number : 60 * number + 60]
        assert [minute.at - sample.at for minute in (hour[0], hour[-1])] == [
            timedelta(),
            timedelta(minutes=59),
        ]
        for metric, value in sample.values.items():
            assert sum(minute.values[metric] for minute in hour) / 60 == pytest.approx(value, abs=1e-3)
            assert metric == "temperature" or min(minute.values[metric] for minute in hour) >= 0
    assert by_the_minute(minutes) == minutes


def test_a_series_is_moved_by_whole_hours_to_end_in_the_last_one(file: Path):
    moved = redated(by_the_minute(read_series(file)), until=NOW)
    assert NOW - HOUR < moved[-1].at <= NOW
    assert moved[0].at.minute == 0


@pytest.mark.django_db(transaction=True)
def test_a_fast_replay_over_mqtt_gives_the_measured_means(file: Path):
    device = DeviceFactory(device_id="ZJH-01")
    with embedded_broker() as port, ingest(ingest_url(port)):
        options = {"speed": 100_000, "password": PASSWORD, "url": f"mqtt://127.0.0.1:{port}"}
        call_command("simulate_station", "ZJH-01", replay=file, **options)
        eventually(lambda: Reading.objects.count() == 240, seconds=20)
        eventually(lambda: not Device.objects.get().online)
    roll_up_dirty_hours()
    hours = redated(by_the_minute(read_series(file)), until=datetime.now(UTC))[::60]
    series = [Sample(hour.at, sample.values) for hour, sample in zip(hours, read_series(file), strict=True)]
    found = {(row.hour, row.metric): row for row in HourlyReading.objects.filter(device=device)}
    assert {hour for hour, _metric in found} == {sample.at for sample in series}
    for sample in series:
        for metric, value in sample.values.items():
            row = found[sample.at, metric]
            assert row.count == 60
            assert row.mean == pytest.approx(value, abs=0.01)


@pytest.mark.django_db(transaction=True)
def test_stations_publish_at_once_and_say_goodbye():
    DeviceFactory(device_id="ZJH-01")
    DeviceFactory(device_id="ZJH-02")
    stations = [Simulated(device_id, PASSWORD, "lucheng") for device_id in ("ZJH-01", "ZJH-02")]
    stop = Event()
    with embedded_broker() as port, ingest(ingest_url(port)):
        options = {"url": f"mqtt://127.0.0.1:{port}", "interval": 0.2, "stop": stop}
        thread = Thread(target=simulate_many, args=[stations], kwargs=options)
        thread.start()
        eventually(lambda: Reading.objects.count() > 6)
        assert Device.objects.filter(online=True).count() == 2
        stop.set()
        thread.join(10)
        eventually(lambda: not Device.objects.filter(online=True).exists())


@pytest.mark.django_db(transaction=True)
def test_a_station_with_a_wrong_password_is_told_so(file: Path):
    DeviceFactory(device_id="ZJH-01")
    with embedded_broker() as port, pytest.raises(CommandError):
        call_command(
            "simulate_station", "ZJH-01", replay=file, password="wrong", url=f"mqtt://127.0.0.1:{port}"
        )


@pytest.mark.django_db
def test_an_unknown_device_or_file_is_an_answer(tmp_path: Path):
    with pytest.raises(CommandError):
        call_command("simulate_station", "NOBODY")
    DeviceFactory(device_id="ZJH-01")
    with pytest.raises(CommandError):
        call_command("simulate_station", "ZJH-01", replay=tmp_path / "nothing.csv")
