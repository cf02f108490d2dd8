"""What pages read of a base: newest values, a short history, and never a silent device as current."""

from datetime import UTC, datetime, timedelta

import pytest

from telemetry.ingest.inbound import Inbound
from telemetry.ingest.store import store
from telemetry.models import Device
from telemetry.queries import HISTORY_POINTS, UnknownBase, latest, snapshot
from tests.factories.telemetry import BaseFactory, DeviceFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def device() -> Device:
    return DeviceFactory(device_id="ZJH-01")


def send(*readings: tuple[datetime, dict[str, float]]) -> None:
    store([Inbound("ZJH-01", at, values) for at, values in readings], received_at=NOW)


def test_a_snapshot_is_what_the_interface_says(device: Device):
    send((NOW - MINUTE, {"pm25": 11.0, "noise": 40.0}), (NOW, {"pm25": 12.1}))
    assert snapshot("zhangjiahe", at=NOW) == {
        "type": "snapshot",
        "base": "zhangjiahe",
        "at": "2026-11-22T08:00:00Z",
        "devices": [
            {
                "id": "ZJH-01",
                "online": True,
                "last_seen": "2026-11-22T08:00:00Z",
                "values": {"pm25": 12.1, "noise": 40.0},
                "history": {
                    "pm25": [(NOW.timestamp() - 60, 11.0), (NOW.timestamp(), 12.1)],
                    "noise": [(NOW.timestamp() - 60, 40.0)],
                },
            }
        ],
    }


def test_the_history_is_bounded_and_oldest_first(device: Device):
    send(*[(NOW - number * MINUTE, {"pm25": float(number)}) for number in range(100)])
    (state,) = latest(device.base, at=NOW)
    points = state.history["pm25"]
    assert len(points) == HISTORY_POINTS
    assert points[-1] == (NOW.timestamp(), 0.0)
    assert points == sorted(points)


def test_a_silent_device_is_not_online_even_if_nobody_noticed(device: Device):
    send((NOW, {"pm25": 1.0}))
    assert latest(device.base, at=NOW + 3 * MINUTE)[0].online
    assert not latest(device.base, at=NOW + 4 * MINUTE)[0].online


def test_devices_out_of_use_and_unknown_bases(device: Device):
    DeviceFactory(device_id="ZJH-02", is_active=False)
    assert [state.device.device_id for state in latest(device.base)] == ["ZJH-01"]
    with pytest.raises(UnknownBase):
        snapshot("nowhere")


def test_it_asks_once_a_device(device: Device, django_assert_max_num_queries):
    DeviceFactory(device_id="ZJH-02")
    send((NOW, {"pm25": 1.0}))
    latest(BaseFactory())
    with django_assert_max_num_queries(4):
        snapshot("zhangjiahe", at=NOW)
