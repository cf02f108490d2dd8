"""Old readings go, their hours stay; nothing goes that is not rolled up."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from telemetry.ingest.inbound import Inbound, Unreadable
from telemetry.ingest.store import store
from telemetry.models import DirtyHour, HourlyReading, Reading, UnreadableMessage
from telemetry.retention import NotRolledUp, prune_readings
from telemetry.tasks import roll_up_readings
from tests.factories.telemetry import DeviceFactory

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def readings() -> None:
    DeviceFactory(device_id="ZJH-01")
    times = [NOW - 40 * DAY, NOW - 30 * DAY - timedelta(minutes=1), NOW - 29 * DAY, NOW]
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


def test_the_worker_rolls_up_the_running_hour_while_devices_are_few(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("telemetry.tasks.RUNNING_HOURS", 0)
    roll_up_readings.call()
    assert DirtyHour.objects.count() == 1
    monkeypatch.setattr("telemetry.tasks.RUNNING_HOURS", 1)
    roll_up_readings.call()
    assert not DirtyHour.objects.exists()
