"""Roll-ups, pruning and late readings at the same moment, on a database that really does things at once."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from telemetry import retention, rollups
from telemetry.ingest.inbound import Inbound
from telemetry.ingest.store import store
from telemetry.models import DailyReading, Device, DirtyHour, HourlyReading, Reading
from telemetry.rollups import roll_up_dirty_hours
from tests.factories.telemetry import DeviceFactory
from tests.template import is_postgres

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.services,
    pytest.mark.skipif(not is_postgres(), reason="SQLite lets one transaction write at a time anyway"),
]
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
HOUR = NOW.replace(minute=0)


@pytest.fixture
def device() -> Device:
    return DeviceFactory(device_id="ZJH-01")


def send(*readings: tuple[datetime, float]) -> None:
    store([Inbound("ZJH-01", at, {"pm25": value}) for at, value in readings], received_at=NOW)


def beside(act: Callable[[], object]) -> threading.Thread:
    """Run `act` in a thread with a connection of its own."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_the_slower_of_two_roll_ups_does_not_write_what_it_read_before(
    device: Device, monkeypatch: pytest.MonkeyPatch
):
    computing, others = rollups._hourly_readings, []

    def another() -> None:
        send((HOUR + timedelta(minutes=2), 30.0))
        roll_up_dirty_hours()

    def slowly(run):
        computed = list(computing(run))
        if not others:  # the first: another reading comes, and another roll-up begins, before it writes
            others.append(beside(another))
            time.sleep(0.5)
        yield from computed

    send((HOUR, 10.0))
    monkeypatch.setattr(rollups, "_hourly_readings", slowly)
    roll_up_dirty_hours()
    others[0].join(20)
    assert (HourlyReading.objects.get().mean, HourlyReading.objects.get().count) == (20.0, 2)
    assert DailyReading.objects.get().mean == 20.0
    assert not DirtyHour.objects.exists()


def test_two_roll_ups_of_hours_of_one_day_both_count_in_the_day(
    device: Device, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rollups, "HOURS_A_TURN", 1)
    send(*[(HOUR - timedelta(hours=back), float(back)) for back in range(8)])
    threads = [beside(roll_up_dirty_hours) for _ in range(3)]
    for thread in threads:
        thread.join(20)
    assert not DirtyHour.objects.exists()
    assert (DailyReading.objects.get().hours, DailyReading.objects.get().mean) == (8, 3.5)


def test_a_reading_that_comes_while_its_hour_is_pruned_waits_and_is_kept(
    device: Device, monkeypatch: pytest.MonkeyPatch
):
    looking, others = retention._hours_rolled_up, []
    old = HOUR - timedelta(days=40)

    def meanwhile(*arguments):
        if not others:  # after the question whether an hour is dirty, before the deletion
            others.append(beside(lambda: send((old + timedelta(minutes=5), 30.0))))
            time.sleep(0.5)
        return looking(*arguments)

    send((old, 10.0))
    roll_up_dirty_hours()
    monkeypatch.setattr(retention, "_hours_rolled_up", meanwhile)
    with suppress(retention.NotRolledUp):  # unless it came only after the last piece
        retention.prune_readings(before=HOUR - timedelta(days=30))
    others[0].join(20)
    assert [reading.values for reading in Reading.objects.all()] == [{"pm25": 30.0}]
    roll_up_dirty_hours()
    assert (HourlyReading.objects.get().mean, HourlyReading.objects.get().count) == (20.0, 2)
