"""The health board tells how devices are doing, at the same cost for one and for many."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from telemetry.health import device_health, devices_to_look_at, strangers
from telemetry.models import Camera, Device, DirtyHour, HourlyReading, UnreadableMessage
from tests.factories.accounts import person
from tests.factories.pages import county
from tests.factories.telemetry import DeviceFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, 20, tzinfo=UTC)
THIS_HOUR = NOW.replace(minute=0)
HOUR = timedelta(hours=1)


@pytest.fixture
def device() -> Device:
    return DeviceFactory(device_id="ZJH-01", interval_seconds=60, last_seen=NOW, online=True)


def hours(device: Device, counts: dict[int, int]) -> None:
    """Write how many readings an hour had, by hours before this one."""
    HourlyReading.objects.bulk_create(
        HourlyReading(
            device=device,
            metric=metric,
            hour=THIS_HOUR - ago * HOUR,
            count=count - less,
            mean=1,
            min=1,
            max=1,
        )
        for ago, count in counts.items()
        for metric, less in (("temperature", 0), ("noise", min(count, 1)))
    )


def health(at: datetime = NOW):
    return device_health(list(devices_to_look_at(at=at)), at=at)[0]


def unreadable(device_id: str = "ZJH-01", ago: timedelta = HOUR, payload: bytes = b"{") -> UnreadableMessage:
    return UnreadableMessage.objects.create(
        device_id=device_id, payload=payload, size=len(payload), reason="not JSON", received_at=NOW - ago
    )


def test_it_counts_readings_not_metrics(device: Device):
    hours(device, {0: 20, 1: 60, 2: 58, 30: 60})
    row = health()
    assert (row.last_hour, row.last_day, row.expected) == (60, 138, 60)


def test_gaps_are_hours_on_end_and_nothing_is_missing_before_the_first(device: Device):
    hours(device, dict.fromkeys([*range(1, 10), *range(14, 20), 21], 60))
    gaps = [(gap.hours, gap.since) for gap in health().gaps]
    assert gaps == [(1, THIS_HOUR - 20 * HOUR), (4, THIS_HOUR - 13 * HOUR)]


def test_a_device_known_before_the_week_that_said_nothing_has_one_gap(device: Device):
    hours(device, {24 * 9: 60})
    row = health()
    assert [gap.hours for gap in row.gaps] == [7 * 24]
    assert row.last_hour == 0


def test_a_device_never_heard_has_none(device: Device):
    row = health()
    assert row.gaps == () and [run.state for run in row.week] == ["before"]


def test_thin_hours_are_neither_gaps_nor_full(device: Device):
    hours(device, {1: 29, 2: 30, 3: 60})
    assert [(run.state, run.length) for run in health().week][1:] == [("full", 2), ("thin", 1)]


def test_an_hour_that_is_not_counted_yet_is_no_gap(device: Device):
    hours(device, {2: 60})
    DirtyHour.objects.create(device=device, hour=THIS_HOUR - HOUR)
    row = health()
    assert row.gaps == () and row.last_hour is None


def test_unreadable_messages_of_a_day_with_the_newest(device: Device):
    unreadable(ago=timedelta(hours=30))
    unreadable()
    newest = unreadable(ago=timedelta(minutes=1))
    assert (health().unreadable, health().newest_unreadable) == (2, newest)


def test_names_nobody_knows_are_listed(device: Device):
    unreadable("STRANGER")
    unreadable("STRANGER")
    unreadable()
    DeviceFactory(device_id="OLD", is_active=False)
    unreadable("OLD")
    assert [(row["device_id"], row["count"]) for row in strangers(at=NOW)] == [("STRANGER", 2), ("OLD", 1)]


def test_many_devices_take_the_same_queries(device: Device, django_assert_num_queries):
    for made in [device, *DeviceFactory.create_batch(20)]:
        hours(made, {1: 60, 5: 60})
        unreadable(made.device_id)
    devices = list(devices_to_look_at(at=NOW))
    with django_assert_num_queries(4):
        device_health(devices, at=NOW)


def test_the_page_shows_it_all_for_the_same_queries(client, device: Device, django_assert_max_num_queries):
    county()
    client.force_login(person("trace_operator"))
    Device.objects.update(clock_offset=83.0)
    now = timezone.now()
    UnreadableMessage.objects.create(
        device_id="ZJH-01", payload=b"<b>raw</b>\xff", size=11, reason="not JSON", received_at=now
    )
    Camera.objects.create(base=device.base, camera_id="C1", name="东头", trouble="没有回应")
    page = client.get(reverse("device-health:index"))
    content = page.content.decode()
    for words in ("ZJH-01", "快 83 秒", "&lt;b&gt;raw&lt;/b&gt;\\xff", "C1", "没有回应"):
        assert words in content, words
    for number in range(20):
        DeviceFactory()
        Camera.objects.create(base=device.base, camera_id=f"D{number}", name="x")
    with django_assert_max_num_queries(22):
        client.get(reverse("device-health:index"))
    assert "ZJH-01" not in client.get(reverse("device-health:index") + "?county=daning").content.decode()


def test_who_may_not_look_at_devices_sees_nothing(client, device: Device):
    county()
    client.force_login(person("clerk"))
    assert client.get(reverse("device-health:index")).status_code in {302, 403}
    assert "device-health" not in client.get("/cms/").content.decode()
