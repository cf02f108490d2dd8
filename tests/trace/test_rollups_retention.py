"""Old readings go, their hours stay; nothing goes that is not rolled up."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command

from telemetry import retention
from telemetry.ingest.inbound import Inbound, Unreadable
from telemetry.ingest.store import store
from telemetry.models import Device, DirtyHour, HourlyReading, Reading, ReadingsHorizon, UnreadableMessage
from telemetry.retention import NotRolledUp, prune_readings
from telemetry.rollups import roll_up_dirty_hours
from telemetry.tasks import prune_old_readings, roll_up_readings
from tests.factories.telemetry import DeviceFactory

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def readings() -> None:
    DeviceFactory(device_id="ZJH-01")
    times = [NOW - 40 * DAY, NOW - 30 * DAY - timedelta(minutes=61), NOW - 29 * DAY, NOW]
    old = Unreadable("ZJH-01", "", b"?", "why", NOW - 40 * DAY)
    store([Inbound("ZJH-01", at, {"pm25": 1.0}) for at in times], received_at=NOW, unreadable=[old])


def test_what_is_not_rolled_up_is_not_deleted():
    with pytest.raises(NotRolledUp):
        prune_readings(before=NOW - 30 * DAY)
    assert Reading.objects.count() == 4


def test_old_readings_go_and_their_hours_stay():
    call_command("prune_readings", days=30)
    assert Reading.objects.count() == 2
    assert HourlyReading.objects.count() >= 2
    assert not UnreadableMessage.objects.exists()
    call_command("prune_readings", days=30)
    assert Reading.objects.count() == 2


@time_machine.travel(NOW, tick=False)  # a suite may have begun in the hour before
def test_the_worker_rolls_up_the_running_hour_while_devices_are_few(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("telemetry.tasks.RUNNING_HOURS", 0)
    roll_up_readings.call()
    assert DirtyHour.objects.count() == 1
    monkeypatch.setattr("telemetry.tasks.RUNNING_HOURS", 1)
    roll_up_readings.call()
    assert not DirtyHour.objects.exists()


def test_a_dirty_hour_inside_the_range_blocks_although_all_others_are_rolled_up():
    roll_up_dirty_hours()
    store([Inbound("ZJH-01", NOW - 35 * DAY, {"pm25": 9.0})], received_at=NOW)
    with pytest.raises(NotRolledUp):
        prune_readings(before=NOW - 30 * DAY)
    assert Reading.objects.count() == 5
    assert not ReadingsHorizon.objects.exists()
    assert prune_readings(before=NOW - 36 * DAY) == 1


def test_what_comes_late_while_it_is_pruned_is_kept(monkeypatch: pytest.MonkeyPatch):
    roll_up_dirty_hours()
    steps = retention._steps

    def late_in_between(device: Device, before: datetime):
        yield from [next(found := steps(device, before))]
        store([Inbound("ZJH-01", NOW - 35 * DAY, {"pm25": 9.0})], received_at=NOW)
        yield from found

    monkeypatch.setattr(retention, "_steps", late_in_between)
    with pytest.raises(NotRolledUp):
        prune_readings(before=NOW - 30 * DAY)
    assert Reading.objects.filter(at=NOW - 35 * DAY).exists()
    assert DirtyHour.objects.count() == 1


def test_readings_that_never_were_marked_dirty_are_not_deleted_unless_their_hour_is_there():
    roll_up_dirty_hours()
    device = Device.objects.get()
    Reading.objects.create(device=device, at=NOW - 50 * DAY, values={"pm25": 1.0}, received_at=NOW)
    with pytest.raises(NotRolledUp):
        prune_readings(before=NOW - 30 * DAY)
    assert Reading.objects.count() == 5


def test_the_horizon_never_goes_back():
    roll_up_dirty_hours()
    prune_readings(before=NOW - 30 * DAY)
    horizon = ReadingsHorizon.objects.get().kept_from
    prune_readings(before=NOW - 60 * DAY)
    assert ReadingsHorizon.objects.get().kept_from == horizon


def test_the_worker_prunes_as_long_as_readings_are_kept(settings):
    settings.READINGS_KEPT_DAYS = 30
    prune_old_readings.call()
    assert Reading.objects.count() == 2
    assert HourlyReading.objects.count() == 2
