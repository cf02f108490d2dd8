"""Hourly readings equal a plain computation, whatever order, repetition or parts the readings came in."""

import math
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telemetry.ingest.inbound import Inbound
from telemetry.ingest.store import store
from telemetry.models import Device, DirtyHour, HourlyReading, Reading
from telemetry.rollups import hourly_means, roll_up_dirty_hours
from telemetry.wind import mean_direction
from tests.factories.telemetry import DeviceFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
HOUR = NOW.replace(minute=0)

VALUES = st.dictionaries(
    st.sampled_from(["pm25", "temperature", "wind_direction"]),
    st.integers(0, 300).map(float),
    min_size=1,
)
MESSAGES = st.lists(st.tuples(st.integers(0, 5 * 60), VALUES), min_size=1, max_size=30)


@pytest.fixture
def device() -> Device:
    return DeviceFactory(device_id="ZJH-01")


def send(*readings: tuple[datetime, dict[str, float]]) -> None:
    store([Inbound("ZJH-01", at, values) for at, values in readings], received_at=NOW)


def hours() -> dict[tuple[str, datetime], tuple[int, float | None, float, float]]:
    return {
        (row.metric, row.hour): (row.count, row.mean, row.min, row.max) for row in HourlyReading.objects.all()
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=MESSAGES, again=st.lists(st.integers(0, 29)), rolled_after=st.sets(st.integers(0, 29)))
def test_they_equal_a_plain_computation(
    device: Device, messages: list[tuple[int, dict[str, float]]], again: list[int], rolled_after: set[int]
):
    Reading.objects.all().delete()
    HourlyReading.objects.all().delete()
    DirtyHour.objects.all().delete()
    merged: dict[datetime, dict[str, float]] = {}
    order = [*messages, *(messages[number % len(messages)] for number in again)]
    for number, (minute, values) in enumerate(order):
        at = NOW - timedelta(minutes=minute)
        send((at, values))
        merged[at] = merged.get(at, {}) | values
        if number in rolled_after:
            roll_up_dirty_hours()
    roll_up_dirty_hours()

    expected: dict[tuple[str, datetime], list[float]] = defaultdict(list)
    for at, values in merged.items():
        for metric, value in values.items():
            expected[metric, at.replace(minute=0)].append(value)
    found = hours()
    assert found.keys() == expected.keys()
    for key, series in expected.items():
        count, mean, low, high = found[key]
        assert (count, low, high) == (len(series), min(series), max(series))
        naive = mean_direction(series) if key[0] == "wind_direction" else sum(series) / len(series)
        assert mean == pytest.approx(naive)
    assert not DirtyHour.objects.exists()


def test_late_readings_change_the_hour_they_belong_to(device: Device):
    send((HOUR, {"pm25": 10}))
    roll_up_dirty_hours()
    send((HOUR + timedelta(minutes=1), {"pm25": 20}))
    assert roll_up_dirty_hours() == 1
    assert hours() == {("pm25", HOUR): (2, 15.0, 10.0, 20.0)}


def test_north_is_the_mean_of_the_directions_around_it(device: Device):
    send((HOUR, {"wind_direction": 350}), (HOUR + timedelta(minutes=1), {"wind_direction": 20}))
    roll_up_dirty_hours()
    assert HourlyReading.objects.get().mean == pytest.approx(5)


def test_opposite_directions_have_no_mean(device: Device):
    send((HOUR, {"wind_direction": 90}), (HOUR + timedelta(minutes=1), {"wind_direction": 270}))
    roll_up_dirty_hours()
    assert HourlyReading.objects.get().mean is None
    assert mean_direction([0, 360]) == pytest.approx(0)


def test_the_running_hour_can_be_left_alone(device: Device):
    send((HOUR, {"pm25": 10}), (HOUR - timedelta(minutes=1), {"pm25": 1}))
    assert roll_up_dirty_hours(before=NOW) == 1
    assert list(DirtyHour.objects.values_list("hour", flat=True)) == [HOUR]
    assert roll_up_dirty_hours(before=HOUR + timedelta(hours=1)) == 1


def test_an_hour_that_is_marked_while_it_is_computed_stays_dirty(
    device: Device, monkeypatch: pytest.MonkeyPatch
):
    from telemetry import rollups

    computing = rollups._hourly_readings

    def interrupted(dirty: DirtyHour):
        yield from computing(dirty)
        send((HOUR + timedelta(minutes=2), {"pm25": 30}))

    send((HOUR, {"pm25": 10}))
    monkeypatch.setattr(rollups, "_hourly_readings", interrupted)
    roll_up_dirty_hours()
    assert DirtyHour.objects.count() == 1
    monkeypatch.setattr(rollups, "_hourly_readings", computing)
    roll_up_dirty_hours()
    assert hours()["pm25", HOUR] == (2, 20.0, 10.0, 30.0)


def test_many_dirty_hours_are_done_in_turns(device: Device, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("telemetry.rollups.HOURS_A_TURN", 3)
    send(*[(HOUR - timedelta(hours=number), {"pm25": number}) for number in range(10)])
    assert roll_up_dirty_hours() == 10
    assert HourlyReading.objects.count() == 10


def test_means_are_read_by_device_and_metric_in_one_query(device: Device, django_assert_num_queries):
    send((HOUR, {"pm25": 10, "noise": 40}), (HOUR - timedelta(hours=1), {"pm25": 20}))
    roll_up_dirty_hours()
    with django_assert_num_queries(1):
        means = hourly_means(
            device_pks=[device.pk], since=HOUR - timedelta(hours=24), until=HOUR + timedelta(hours=1)
        )
    assert means == {
        device.pk: {"noise": [(HOUR, 40.0)], "pm25": [(HOUR - timedelta(hours=1), 20.0), (HOUR, 10.0)]}
    }


def test_a_full_circle_has_no_direction():
    assert mean_direction([float(angle) for angle in range(0, 360, 10)]) is None
    assert math.isclose(mean_direction([10.0, 20.0, 30.0]) or 0, 20.0)
