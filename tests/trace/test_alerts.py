"""Alerts begin once, end once, and are told once: whatever happens in between."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from notices.models import Notice
from telemetry import personal
from telemetry.alerts.findings import Finding
from telemetry.alerts.tell import tell_of_alerts
from telemetry.alerts.watch import _open, look_after_devices
from telemetry.ingest.inbound import Inbound, Unreadable
from telemetry.ingest.store import store
from telemetry.models import Alert, AlertRule, Camera, Device, Metric, Snapshot
from tests.factories.accounts import UserFactory, person
from tests.factories.pages import county
from tests.factories.telemetry import BaseFactory, DeviceFactory, other_base

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def device() -> Device:
    return DeviceFactory(device_id="ZJH-01", name="东头", last_seen=NOW - MINUTE)


def rule(kind: str, **fields) -> AlertRule:
    if key := fields.pop("key", None):
        fields["metric"] = Metric.objects.get(key=key)
    return AlertRule.objects.create(**{"name": "规则", "kind": kind, "minutes": 10, **fields})


def look(minutes: float = 0) -> tuple[int, int]:
    watched = look_after_devices(at=NOW + minutes * MINUTE)
    return watched.opened, watched.closed


def measured(device: Device, values: dict[int, float], key: str = "temperature") -> None:
    """Store readings by minutes before NOW."""
    store(
        [Inbound(device.device_id, NOW - ago * MINUTE, {key: value}) for ago, value in values.items()],
        received_at=NOW,
    )


# --- silence -----------------------------------------------------------------------------------------


def test_silence_opens_once_and_closes_when_the_device_is_back(device: Device):
    rule("silent")
    assert look() == (0, 0)
    assert look(9.5) == (1, 0)
    assert look(10) == look(20) == (0, 0), "it is known"
    alert = Alert.objects.get()
    assert (alert.device, alert.heard_at, alert.is_open) == (device, NOW - MINUTE, True)
    Device.objects.update(last_seen=NOW + 21 * MINUTE)
    assert look(22) == (0, 1)
    assert look(40) == (1, 0), "and a new silence is a new alert"
    assert Alert.objects.count() == 2


def test_a_device_that_was_never_heard_or_is_not_in_use_is_nobodys_alert(device: Device):
    DeviceFactory(last_seen=None)
    DeviceFactory(last_seen=NOW - timedelta(days=9), is_active=False)
    rule("silent")
    assert look() == (0, 0)


def test_taking_a_device_out_of_use_or_switching_the_rule_off_closes(device: Device):
    watched = rule("silent")
    assert look(60) == (1, 0)
    Device.objects.update(is_active=False)
    assert look(61) == (0, 1)
    Device.objects.update(is_active=True)
    assert look(62) == (1, 0)
    AlertRule.objects.filter(pk=watched.pk).update(is_active=False)
    assert look(63) == (0, 1)


def test_a_rule_is_about_its_county_base_or_device(device: Device):
    far = DeviceFactory(device_id="YS-01", base=other_base(), last_seen=NOW - MINUTE)
    rule("silent", name="县", region=far.base.region)
    rule("silent", name="基地", base=device.base)
    rule("silent", name="设备", device=far)
    assert look(60) == (3, 0)
    about = {
        alert.rule.name: alert.device.device_id for alert in Alert.objects.select_related("rule", "device")
    }
    assert about == {"县": "YS-01", "基地": "ZJH-01", "设备": "YS-01"}


# --- values ------------------------------------------------------------------------------------------


def test_above_needs_the_whole_time(device: Device):
    rule("above", key="temperature", value=38.0, minutes=30)
    measured(device, {40: 37.0, 28: 39.0, 20: 39.5, 10: 41.0, 1: 40.0})
    assert look() == (1, 0)
    assert Alert.objects.get().value == 41.0


@pytest.mark.parametrize(
    "readings",
    [
        {28: 39.0, 20: 38.0, 10: 41.0, 1: 40.0},  # once not above
        {5: 41.0, 1: 40.0},  # only the last minutes are known
        {60: 41.0},  # nothing in the time
        {},
    ],
)
def test_otherwise_nothing_is_opened(device: Device, readings: dict[int, float]):
    rule("above", key="temperature", value=38.0, minutes=30)
    measured(device, readings)
    assert look() == (0, 0)


def test_below_is_the_mirror(device: Device):
    rule("below", key="temperature", value=-10.0, minutes=10)
    measured(device, {9: -11.0, 5: -14.0, 1: -12.0})
    assert look() == (1, 0)
    assert Alert.objects.get().value == -14.0


def test_an_open_alert_ends_with_the_first_value_on_this_side(device: Device):
    rule("above", key="temperature", value=38.0, minutes=10)
    measured(device, {9: 39.0, 5: 39.0, 1: 39.0})
    assert look() == (1, 0)
    store([Inbound("ZJH-01", NOW + MINUTE, {"temperature": 37.9})], received_at=NOW + MINUTE)
    assert look(1) == (0, 1)


def test_a_dip_that_is_over_does_not_end_it(device: Device):
    rule("above", key="temperature", value=38.0, minutes=10)
    measured(device, {9: 39.0, 5: 39.0, 1: 39.0})
    look()
    later = [Inbound("ZJH-01", NOW + n * MINUTE, {"temperature": t}) for n, t in ((1, 37.0), (2, 39.0))]
    store(later, received_at=NOW + 2 * MINUTE)
    assert look(2) == (0, 0)


def test_a_device_that_fell_silent_is_not_cleared(device: Device):
    rule("above", key="temperature", value=38.0, minutes=10)
    measured(device, {9: 39.0, 5: 39.0, 1: 39.0})
    assert look() == (1, 0)
    assert look(120) == (0, 0), "nobody knows whether it is still hot"


def test_values_out_of_range_are_counted_by_metric(device: Device):
    rule("range", name="任一", times=3)
    rule("range", name="气温", key="temperature", times=2)
    for number in range(3):
        metrics = ("pm25", "temperature") if number else ("pm25",)
        refused = Unreadable("ZJH-01", "", b"{}", "x", NOW - number * MINUTE, metrics)
        store([], received_at=NOW, unreadable=[refused])
    store([], received_at=NOW, unreadable=[Unreadable("ZJH-01", "", b"?", "not JSON", NOW)])
    assert look() == (2, 0)
    counts = set(Alert.objects.values_list("rule__name", "metric", "count"))
    assert counts == {("任一", "", 3), ("气温", "temperature", 2)}
    assert look(11) == (0, 2)


def test_a_message_says_itself_which_metric_was_out_of_range(device: Device):
    from telemetry.ingest.batches import write
    from telemetry.ingest.client import Delivery
    from telemetry.ingest.counters import Counters
    from telemetry.ingest.inbox import Arrival
    from telemetry.models import UnreadableMessage

    payload = b'{"temperature": 999, "humidity": "wet", "pm25": 12}'
    arrival = Arrival(Delivery("base/ZJH-01/telemetry", payload, 1, False), int(NOW.timestamp() * 1e6), 1)
    write([arrival], received_at=NOW, counters=Counters())
    assert UnreadableMessage.objects.get().out_of_range == ",temperature,"


def test_a_threshold_needs_a_metric_and_a_value():
    with pytest.raises(IntegrityError), transaction.atomic():
        AlertRule.objects.create(name="x", kind="above", minutes=10)


# --- cameras -----------------------------------------------------------------------------------------


def test_a_camera_without_pictures_is_told_of(device: Device):
    camera = Camera.objects.create(base=device.base, camera_id="C1", name="东头")
    Camera.objects.create(base=device.base, camera_id="C2", name="never sent any")
    camera.latest = Snapshot.objects.create(
        camera=camera, taken_at=NOW, file="x.jpg", width=1, height=1, source="pushed"
    )
    camera.save()
    rule("camera", minutes=60)
    assert look(59) == (0, 0)
    assert look(61) == (1, 0)
    assert look(62) == (0, 0)
    Snapshot.objects.update(taken_at=NOW + 62 * MINUTE)
    assert look(63) == (0, 1)


# --- once --------------------------------------------------------------------------------------------


def test_two_who_look_at_once_open_one(device: Device):
    watched = rule("silent")
    finding = Finding(device=device.pk)
    assert _open(watched, finding, NOW)
    assert not _open(watched, finding, NOW)
    assert Alert.objects.count() == 1


def test_many_devices_take_the_same_queries(device: Device, django_assert_num_queries):
    rule("silent")
    rule("above", key="temperature", value=38.0)
    rule("range")
    DeviceFactory.create_batch(20, last_seen=NOW)
    with django_assert_num_queries(6):
        look()


# --- telling -----------------------------------------------------------------------------------------


def test_every_operator_is_told_once_on_the_site_and_by_mail(device: Device):
    operator = person("trace_operator")
    silent_phone = person("trace_operator", email=None, phone="+8613800001234")
    person("clerk")
    rule("silent", name="没声音")
    DeviceFactory(device_id="ZJH-02", last_seen=NOW - MINUTE)
    look(60)
    assert tell_of_alerts(at=NOW + 60 * MINUTE) == 1
    assert tell_of_alerts(at=NOW + 61 * MINUTE) == 0
    assert [letter.to for letter in mail.outbox] == [[operator.email]]
    assert "ZJH-01 东头" in mail.outbox[0].body and "ZJH-02" in mail.outbox[0].body, "one message for both"
    assert set(Notice.objects.filter(channel="site").values_list("user", flat=True)) == {
        operator.pk,
        silent_phone.pk,
    }
    Device.objects.update(last_seen=NOW + 62 * MINUTE)
    look(62)
    assert tell_of_alerts(at=NOW + 62 * MINUTE) == 1
    assert tell_of_alerts(at=NOW + 63 * MINUTE) == 0
    assert len(mail.outbox) == 2 and "没声音" in mail.outbox[1].subject


def test_who_is_named_is_told_and_nobody_else(device: Device):
    person("trace_operator")
    named = UserFactory(email="named@example.org")
    rule("silent").recipients.add(named)
    look(60)
    tell_of_alerts(at=NOW + 60 * MINUTE)
    assert [letter.to for letter in mail.outbox] == [["named@example.org"]]


def test_a_mail_that_failed_is_tried_again_and_nobody_gets_two(device: Device, settings):
    person("trace_operator", email="one@example.org")
    person("trace_operator", email="two@example.org")
    rule("silent")
    look(60)
    settings.NOTICE_GATEWAYS = settings.NOTICE_GATEWAYS | {"email": "tests.trace.test_alerts.fails_for_two"}
    tell_of_alerts(at=NOW + 60 * MINUTE)
    assert Alert.objects.get().opening_told_at is None
    settings.NOTICE_GATEWAYS = settings.NOTICE_GATEWAYS | {"email": "notices.gateways.email.send"}
    tell_of_alerts(at=NOW + 61 * MINUTE)
    assert Alert.objects.get().opening_told_at
    assert [letter.to for letter in mail.outbox] == [["one@example.org"], ["two@example.org"]]


def fails_for_two(message) -> None:
    from notices.gateways import GatewayError
    from notices.gateways.email import send

    if message.to == "two@example.org":
        raise GatewayError("mail server away")
    send(message)


def test_alerts_are_listed_open_first_and_shown_on_the_first_page(client, device: Device):
    county()
    operator = person("trace_operator")
    client.force_login(operator)
    rule("silent", name="没声音")
    assert "告警没消" not in client.get("/cms/").content.decode()
    look(60)
    tell_of_alerts(at=NOW + 60 * MINUTE)
    first = client.get("/cms/").content.decode()
    assert "1 处告警没消" in first and "ZJH-01" in first
    assert "有 1 条消息没读" in first
    assert " (1)" in first, "in the menu, whose words are escaped"
    listed = client.get(reverse("telemetry-alerts:index"))
    assert "没声音" in listed.content.decode()
    assert client.get(reverse("telemetry-alerts:index") + "?ordering=opened_at").status_code == 200
    alert = Alert.objects.get()
    assert client.get(reverse("telemetry-alerts:edit", args=[alert.pk])).status_code in {302, 403}


def test_a_rule_is_made_by_hand_and_a_senseless_one_is_refused(client):
    county()
    client.force_login(person("trace_operator"))
    fields = {"name": "高温", "kind": "above", "minutes": "30", "times": "3", "is_active": "on"}
    empty = {"region": "", "base": "", "device": "", "metric": "", "value": ""}
    refused = client.post(reverse("alert-rules:add"), fields | empty)
    assert refused.status_code == 200 and not AlertRule.objects.exists()
    metric = Metric.objects.get(key="temperature")
    made = client.post(reverse("alert-rules:add"), fields | empty | {"metric": metric.pk, "value": "38"})
    assert made.status_code == 302, made.context["form"].errors
    assert AlertRule.objects.get().value == 38.0
    assert BaseFactory()


def test_who_leaves_is_told_of_nothing_more(device: Device):
    named = UserFactory()
    watched = rule("silent", name="没声音")
    watched.recipients.add(named)
    assert personal.export(named) == {"alert_rules": ["没声音"]}
    personal.erase(user=named, at=NOW)
    assert not watched.recipients.exists() and personal.keeps(named) == []
