"""The one writer: unique, merging, late, ahead, online, refused; the same on every database."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from telemetry.ingest.inbound import Inbound, Presence, Unreadable
from telemetry.ingest.store import Stored, store
from telemetry.models import Device, DirtyHour, Reading, UnreadableMessage
from tests.factories.telemetry import DeviceFactory, other_base

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, 30, 0, 250_000, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def device() -> Device:
    return DeviceFactory(device_id="ZJH-01")


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, str]]]:
    frames: list[tuple[str, str]] = []
    monkeypatch.setattr("telemetry.ingest.store.publish", frames.extend)
    return frames


def send(*messages: Inbound, at: datetime = NOW, **others: object) -> Stored:
    return store(messages, received_at=at, **others)


def inbound(at: datetime = NOW, device: str = "ZJH-01", via: str = "", **values: float) -> Inbound:
    return Inbound(device, at, {key: float(value) for key, value in values.items()}, via)


def kept() -> list[tuple[datetime, dict[str, float]]]:
    return list(Reading.objects.order_by("at").values_list("at", "values"))


def test_a_reading_is_one_row_with_all_its_metrics(device: Device):
    stored = send(inbound(pm25=12.1, wind_speed=3), inbound(NOW - MINUTE, pm25=11))
    assert (stored.inserted, stored.merged, stored.late, stored.refused) == (2, 0, 0, 0)
    assert kept() == [(NOW - MINUTE, {"pm25": 11.0}), (NOW, {"pm25": 12.1, "wind_speed": 3.0})]
    assert Reading.objects.first().received_at == NOW


def test_a_message_that_comes_twice_changes_nothing(device: Device):
    send(inbound(pm25=12))
    DirtyHour.objects.all().delete()
    stored = send(inbound(pm25=12), at=NOW + MINUTE)
    assert (stored.inserted, stored.merged) == (0, 0)
    assert kept() == [(NOW, {"pm25": 12.0})]
    assert Reading.objects.get().received_at == NOW
    assert not DirtyHour.objects.exists()


def test_other_metrics_of_the_same_moment_are_merged(device: Device):
    send(inbound(pm25=12, noise=40))
    stored = send(inbound(noise=41, temperature=3), inbound(NOW + MINUTE, pm25=1), at=NOW + MINUTE)
    assert (stored.inserted, stored.merged) == (1, 1)
    assert kept()[0] == (NOW, {"pm25": 12.0, "noise": 41.0, "temperature": 3.0})


def test_messages_of_one_moment_in_one_batch_are_merged(device: Device):
    stored = send(inbound(pm25=12), inbound(noise=40), inbound(pm25=13))
    assert stored.inserted == 1
    assert kept() == [(NOW, {"pm25": 13.0, "noise": 40.0})]


def test_each_hour_that_changed_is_marked_once_a_batch(device: Device):
    send(inbound(pm25=1), inbound(NOW - MINUTE, pm25=1), inbound(NOW - timedelta(hours=2), pm25=1))
    send(inbound(NOW - 2 * MINUTE, pm25=1))
    hour = NOW.replace(minute=0, second=0, microsecond=0)
    assert list(DirtyHour.objects.order_by("hour").values_list("hour", "marks")) == [
        (hour - timedelta(hours=2), 1),
        (hour, 2),
    ]


def test_a_new_reading_is_shown_live_after_the_commit(
    device: Device, published: list[tuple[str, str]], django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send(inbound(pm25=12.1))
        assert published == []
    came, reading = [(base, json.loads(frame)) for base, frame in published]
    at = "2026-11-22T08:30:00.250Z"
    assert came == ("zhangjiahe", {"type": "status", "device": "ZJH-01", "online": True, "last_seen": at})
    assert reading == (
        "zhangjiahe",
        {"type": "reading", "device": "ZJH-01", "at": at, "values": {"pm25": 12.1}},
    )


def test_a_late_reading_is_kept_and_never_shown_live(device: Device):
    Device.objects.update(online=True, last_seen=NOW)
    stored = send(inbound(NOW - 5 * MINUTE - timedelta(seconds=1), pm25=1))
    assert (stored.inserted, stored.late, stored.frames) == (1, 1, [])
    assert DirtyHour.objects.count() == 1
    assert len(send(inbound(NOW - 5 * MINUTE, pm25=1)).frames) == 1


def test_a_repeated_reading_is_not_shown_again(device: Device):
    assert len(send(inbound(pm25=1)).frames) == 2
    assert send(inbound(pm25=1)).frames == []


def test_of_a_batch_only_the_newest_reading_of_the_same_metrics_is_shown(device: Device):
    Device.objects.update(online=True, last_seen=NOW)
    messages = [inbound(NOW - timedelta(seconds=second), pm25=second) for second in range(100)]
    frames = [json.loads(frame) for _base, frame in send(*messages).frames]
    assert [frame["values"] for frame in frames] == [{"pm25": 0.0}]
    assert Reading.objects.count() == 100


def test_a_clock_that_is_ahead_shifts_the_message_and_keeps_its_spacing(device: Device):
    ahead = timedelta(hours=2)
    send(*[inbound(NOW + ahead - minute * MINUTE, pm25=minute) for minute in range(3)])
    assert kept() == [(NOW - minute * MINUTE, {"pm25": float(minute)}) for minute in (2, 1, 0)]
    assert Device.objects.get().clock_offset == ahead.total_seconds()


def test_a_shifted_message_that_comes_twice_lands_on_the_same_moment(device: Device):
    message = inbound(NOW + timedelta(days=400), pm25=1)
    send(message)
    assert send(message, at=NOW + 7 * MINUTE).inserted == 0
    send(inbound(NOW + timedelta(days=400) + MINUTE, pm25=2), at=NOW + MINUTE)
    assert kept() == [(NOW, {"pm25": 1.0}), (NOW + MINUTE, {"pm25": 2.0})]


def test_a_broken_time_in_the_same_batch_shifts_nobody_else(device: Device):
    send(inbound(NOW - MINUTE, pm25=1), inbound(NOW + timedelta(days=9999), pm25=2))
    assert kept() == [(NOW - MINUTE, {"pm25": 1.0}), (NOW, {"pm25": 2.0})]


def test_a_clock_that_was_put_right_is_forgotten(device: Device):
    send(inbound(NOW + timedelta(hours=1), pm25=1))
    send(inbound(NOW + MINUTE, pm25=2), at=NOW + MINUTE)
    assert Device.objects.get().clock_offset is None


def test_a_few_seconds_ahead_are_left_alone(device: Device):
    send(inbound(NOW + timedelta(seconds=9), pm25=1))
    assert kept() == [(NOW + timedelta(seconds=9), {"pm25": 1.0})]


def test_whoever_reports_is_online_and_last_seen_now(device: Device):
    send(inbound(NOW - timedelta(days=1), pm25=1))
    device.refresh_from_db()
    assert (device.online, device.last_seen) == (True, NOW)


def test_a_last_will_marks_the_device_offline_with_its_last_time(device: Device):
    Device.objects.update(online=True, last_seen=NOW - MINUTE)
    (frame,) = send(presences=[Presence("ZJH-01", False)]).frames
    assert json.loads(frame[1]) == {
        "type": "status",
        "device": "ZJH-01",
        "online": False,
        "last_seen": "2026-11-22T08:29:00.250Z",
    }
    device.refresh_from_db()
    assert (device.online, device.last_seen) == (False, NOW - MINUTE)
    assert send(presences=[Presence("ZJH-01", False)]).frames == []


def test_what_the_broker_kept_does_not_contradict_what_was_just_heard(device: Device):
    Device.objects.update(online=True, last_seen=NOW - timedelta(seconds=30))
    send(presences=[Presence("ZJH-01", False, retained=True)])
    assert Device.objects.get().online
    send(presences=[Presence("ZJH-01", False, retained=True)], at=NOW + 2 * MINUTE)
    assert not Device.objects.get().online
    send(presences=[Presence("ZJH-01", True, retained=True)], at=NOW + 3 * MINUTE)
    assert not Device.objects.get().online


@pytest.mark.parametrize("device_id", ["NOBODY", "\x00", "\ud800", "x" * 500, ""])
def test_an_unknown_device_is_kept_as_unreadable(device: Device, device_id: str):
    stored = send(inbound(device=device_id, pm25=1), inbound(pm25=2))
    assert (stored.inserted, stored.refused) == (1, 1)
    refused = UnreadableMessage.objects.get()
    assert json.loads(bytes(refused.payload))["values"] == {"pm25": 1.0}
    assert refused.reason


def test_a_device_that_is_not_in_use_stores_nothing(device: Device):
    Device.objects.update(is_active=False)
    assert send(inbound(pm25=1)).refused == 1
    assert not Reading.objects.exists()
    device.refresh_from_db()
    assert (device.online, device.last_seen) == (False, None)


def test_a_gateway_speaks_for_its_own_base_only(device: Device):
    DeviceFactory(device_id="ZJH-02")
    DeviceFactory(device_id="YSH-01", base=other_base())
    stored = send(
        inbound(device="ZJH-02", via="ZJH-01", pm25=1), inbound(device="YSH-01", via="ZJH-01", pm25=2)
    )
    assert (stored.inserted, stored.refused) == (1, 1)
    assert Reading.objects.get().device.device_id == "ZJH-02"


def test_an_unreadable_message_is_kept_as_it_came_and_cut_where_it_is_too_long(device: Device):
    payload = b"\x00\xff" * 100_000
    send(unreadable=[Unreadable("ZJH-01", "base/ZJH-01/telemetry", payload, "why \x00 not", NOW)])
    row = UnreadableMessage.objects.get()
    assert (row.size, len(row.payload), row.received_at) == (200_000, UnreadableMessage.PAYLOAD_KEPT, NOW)
    assert bytes(row.payload) == payload[: UnreadableMessage.PAYLOAD_KEPT]


def test_a_metric_that_is_not_public_is_kept_and_not_shown(device: Device, monkeypatch: pytest.MonkeyPatch):
    from telemetry import vocabulary
    from telemetry.models import Metric

    Metric.objects.filter(key="noise").update(is_public=False)
    vocabulary.forget_vocabulary()
    monkeypatch.setattr("telemetry.vocabulary.REMEMBERED_FOR", 0)
    try:
        frames = send(inbound(pm25=1, noise=50)).frames
    finally:
        vocabulary.forget_vocabulary()
    assert json.loads(frames[-1][1])["values"] == {"pm25": 1.0}
    assert kept()[0][1] == {"pm25": 1.0, "noise": 50.0}


def test_nothing_at_all_is_no_work(device: Device, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        assert send() == Stored()
