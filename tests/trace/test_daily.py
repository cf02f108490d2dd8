"""Daily readings equal a plain computation from the readings, in whatever order and parts those came."""

import math
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telemetry.ingest.inbound import Inbound
from telemetry.ingest.store import store
from telemetry.means import Kind, mean_of
from telemetry.models import DailyReading, Device, DirtyHour, HourlyReading, Reading, ReadingsHorizon
from telemetry.retention import prune_readings
from telemetry.rollups import roll_up_dirty_hours
from tests.factories.telemetry import DeviceFactory

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)  # 16:30 in Shanghai
TODAY = date(2026, 11, 22)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KINDS = {"pm25": Kind.NUMBER, "wind_direction": Kind.DIRECTION, "noise": Kind.LEVEL}

VALUES = st.dictionaries(st.sampled_from(sorted(KINDS)), st.integers(30, 130).map(float), min_size=1)
# minutes ago over three days of Shanghai, many of them around its midnights
MINUTES = st.one_of(st.integers(0, 3 * 1440), st.sampled_from([989, 990, 991, 2430, 2431]))
MESSAGES = st.lists(st.tuples(MINUTES, VALUES), min_size=1, max_size=25)


@pytest.fixture
def device() -> Device:
    return DeviceFactory(device_id="ZJH-01")


def send(*readings: tuple[datetime, dict[str, float]]) -> None:
    store([Inbound("ZJH-01", at, values) for at, values in readings], received_at=NOW)


def days() -> dict[tuple[str, date], tuple[int, int, float | None, float, float]]:
    return {
        (row.metric, row.day): (row.hours, row.count, row.mean, row.min, row.max)
        for row in DailyReading.objects.all()
    }


def plainly(readings: dict[datetime, dict[str, float]]) -> dict[tuple[str, date], tuple]:
    """Return the days by the definition: means of hours, then the mean of those."""
    hours: dict[tuple[str, datetime], list[float]] = defaultdict(list)
    for at, values in readings.items():
        for metric, value in values.items():
            hours[metric, at.astimezone(SHANGHAI).replace(minute=0, second=0)].append(value)
    found: dict[tuple[str, date], list[list[float]]] = defaultdict(list)
    for (metric, hour), series in hours.items():
        found[metric, hour.date()].append(series)
    return {key: _plain_day(key[0], series) for key, series in found.items()}


def _plain_day(metric: str, hours: list[list[float]]) -> tuple:
    means = [mean for series in hours if (mean := mean_of(series, KINDS[metric])) is not None]
    every = [value for series in hours for value in series]
    mean = mean_of(means, KINDS[metric]) if means else None
    return len(hours), len(every), mean, min(every), max(every)


def agree(found: dict, expected: dict) -> None:
    assert found.keys() == expected.keys()
    for key, (hours, count, mean, low, high) in expected.items():
        assert found[key][:2] == (hours, count)
        assert found[key][3:] == (low, high)
        if KINDS[key[0]] is Kind.DIRECTION and mean is not None and found[key][2] is not None:
            assert math.cos(math.radians(found[key][2] - mean)) == pytest.approx(1)
        else:
            assert found[key][2] == pytest.approx(mean)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=MESSAGES, again=st.lists(st.integers(0, 24)), rolled_after=st.sets(st.integers(0, 24)))
def test_they_equal_a_plain_computation_whatever_came_late_twice_or_in_parts(
    device: Device, messages: list, again: list[int], rolled_after: set[int]
):
    for model in (Reading, HourlyReading, DailyReading, DirtyHour):
        model.objects.all().delete()
    merged: dict[datetime, dict[str, float]] = {}
    order = [*messages, *(messages[number % len(messages)] for number in again)]
    for number, (minutes, values) in enumerate(order):
        at = NOW - timedelta(minutes=minutes)
        send((at, values))
        merged[at] = merged.get(at, {}) | values
        if number in rolled_after:
            roll_up_dirty_hours()
    roll_up_dirty_hours()
    agree(days(), plainly(merged))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=MESSAGES, late=MESSAGES)
def test_what_comes_after_the_pruning_is_added_to_what_was_known(device: Device, first: list, late: list):
    for model in (Reading, HourlyReading, DailyReading, DirtyHour, ReadingsHorizon):
        model.objects.all().delete()
    merged: dict[datetime, dict[str, float]] = {}
    for minutes, values in first:
        at = NOW - timedelta(minutes=minutes)
        send((at, {"pm25": values.get("pm25", 40.0)}))
        merged[at] = {"pm25": values.get("pm25", 40.0)}
    for at in list(merged):  # of two messages of one moment the later wins
        merged[at] = Reading.objects.get(at=at).values
    roll_up_dirty_hours()
    prune_readings(before=NOW + HOUR)
    assert not Reading.objects.exists()
    for number, (minutes, values) in enumerate(late):
        at = NOW - timedelta(minutes=minutes, seconds=number + 1)
        send((at, {"pm25": values.get("pm25", 50.0)}))
        merged[at] = {"pm25": values.get("pm25", 50.0)}
    roll_up_dirty_hours()
    agree(days(), plainly(merged))
    assert not Reading.objects.exists()


def test_a_day_is_one_of_shanghai(device: Device):
    midnight = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
    send((midnight - timedelta(minutes=1), {"pm25": 10}), (midnight, {"pm25": 30}))
    roll_up_dirty_hours()
    assert days() == {
        ("pm25", date(2026, 11, 21)): (1, 1, 10.0, 10.0, 10.0),
        ("pm25", TODAY): (1, 1, 30.0, 30.0, 30.0),
    }


def test_every_hour_weighs_the_same(device: Device):
    busy = [(NOW - timedelta(minutes=minute), {"pm25": 10.0}) for minute in range(30)]
    send(*busy, (NOW - 2 * HOUR, {"pm25": 40.0}))
    roll_up_dirty_hours()
    assert days() == {("pm25", TODAY): (2, 31, 25.0, 10.0, 40.0)}


def test_late_readings_change_the_day_they_belong_to(device: Device):
    send((NOW - DAY, {"pm25": 10}))
    roll_up_dirty_hours()
    send((NOW - DAY - HOUR, {"pm25": 30}))
    roll_up_dirty_hours()
    assert days() == {("pm25", date(2026, 11, 21)): (2, 2, 20.0, 10.0, 30.0)}


def test_the_wind_of_a_day_is_a_mean_of_directions_and_none_when_they_cancel_out(device: Device):
    send((NOW - HOUR, {"wind_direction": 350}), (NOW, {"wind_direction": 20}))
    send((NOW - DAY, {"wind_direction": 90}), (NOW - DAY - HOUR, {"wind_direction": 270}))
    roll_up_dirty_hours()
    assert days()["wind_direction", TODAY][2] == pytest.approx(5)
    assert days()["wind_direction", date(2026, 11, 21)][2] is None


def test_the_mean_of_noise_is_that_of_its_energy(device: Device):
    send((NOW, {"noise": 40}), (NOW - timedelta(minutes=1), {"noise": 60}))
    roll_up_dirty_hours()
    assert HourlyReading.objects.get().mean == pytest.approx(57.03, abs=0.01)


def test_an_hour_and_its_day_are_written_together_or_not_at_all(
    device: Device, monkeypatch: pytest.MonkeyPatch
):
    def broken(days: object) -> None:
        raise RuntimeError

    send((NOW, {"pm25": 10}))
    monkeypatch.setattr("telemetry.rollups.roll_up_days", broken)
    with pytest.raises(RuntimeError):
        roll_up_dirty_hours()
    assert not HourlyReading.objects.exists()
    assert DirtyHour.objects.count() == 1


def test_a_turn_of_the_roll_up_takes_few_queries(device: Device, django_assert_max_num_queries):
    send(*[(NOW - HOUR * back, {"pm25": 1.0, "noise": 40.0}) for back in range(48)])
    with django_assert_max_num_queries(14):
        roll_up_dirty_hours()
