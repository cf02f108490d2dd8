"""Readings over HTTP: every shape of the broker, by the device's own password, stored before the answer."""

import json
from base64 import b64encode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telemetry.ingest.http import take_message
from telemetry.ingest.payloads import LARGEST, UnreadablePayload
from telemetry.ingest.shapes.hj212 import checksum
from telemetry.models import Device, Reading, UnreadableMessage
from tests.factories.record import NOW
from tests.factories.telemetry import PASSWORD, DeviceFactory, other_base

pytestmark = pytest.mark.django_db
PATH = "/api/v1/readings"
MESSAGE = {"ts": 1_763_604_000_000, "values": {"pm25": 12.1, "temperature": 3}}


@pytest.fixture
def device() -> Device:
    return DeviceFactory(device_id="ZJH-01")


def basic(device_id: str = "ZJH-01", password: str = PASSWORD) -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(f"{device_id}:{password}".encode()).decode()}


def send(client, message, *, kind: str = "application/json", **headers: str):
    body = message if isinstance(message, bytes | str) else json.dumps(message)
    return client.post(PATH, body, content_type=kind, headers=headers or basic())


def test_readings_are_stored_and_told(client, device):
    answer = send(client, MESSAGE)
    assert answer.json() == {"stored": 1, "merged": 0, "repeated": 0, "refused": [], "unknown": []}
    assert Reading.objects.get().values == {"pm25": 12.1, "temperature": 3}
    device.refresh_from_db()
    assert device.online


def test_the_same_message_again_changes_nothing(client, device):
    send(client, MESSAGE)
    assert send(client, MESSAGE).json()["repeated"] == 1
    more = {**MESSAGE, "values": {"humidity": 50}}
    assert send(client, more).json()["merged"] == 1
    assert Reading.objects.get().values == {"pm25": 12.1, "temperature": 3, "humidity": 50}


def test_a_bearer_of_id_and_password_is_let_in(client, device):
    answer = send(client, MESSAGE, Authorization=f"Bearer ZJH-01:{PASSWORD}")
    assert answer.status_code == 200


def test_every_shape_of_the_broker_is_taken(client, device):
    segment = "QN=1;ST=22;CN=2011;PW=1;MN=1;Flag=5;CP=&&DataTime=20251120100900;a34004-Rtd=12000&&"
    frame = f"##{len(segment):04d}{segment}{checksum(segment.encode()):04X}\r\n"
    shapes = [
        {"pm25": 1},
        [MESSAGE, {**MESSAGE, "ts": 1_763_604_060_000}],
        {"ZJH-01": [{"ts": 1_763_604_120_000, "values": {"pm25": 2}}]},
        {"time": "2025-11-20 10:05:00", "Data": [{"name": "PM2.5", "value": "12"}]},
        frame,
    ]
    for shape in shapes:
        assert send(client, shape, kind="text/plain").status_code == 200
    assert Reading.objects.count() == 6


@pytest.mark.parametrize(
    "headers",
    [
        {},
        basic(password="wrong"),
        basic("nobody"),
        basic("含汉字"),
        {"Authorization": "Basic !"},
        {"Authorization": "Bearer ZJH-01"},
        {"Authorization": "Bearer fengtu_x"},
    ],
)
def test_a_stranger_stores_nothing(client, device, headers):
    answer = client.post(PATH, json.dumps(MESSAGE), content_type="application/json", headers=headers)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Basic")
    assert not Reading.objects.exists()
    assert not UnreadableMessage.objects.exists()


def test_a_device_out_of_use_is_a_stranger(client, device):
    Device.objects.update(is_active=False)
    assert send(client, MESSAGE).status_code == 401
    assert not Reading.objects.exists()


def test_what_cannot_be_read_is_told_and_kept(client, device):
    answer = send(client, "not json")
    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable")
    kept = UnreadableMessage.objects.get()
    assert (kept.device_id, kept.topic, bytes(kept.payload)) == ("ZJH-01", "http", b"not json")


def test_a_value_out_of_range_is_told_and_the_others_stored(client, device):
    answer = send(client, {"pm25": 12, "humidity": 400, "colour": 3}).json()
    assert answer["stored"] == 1
    assert "humidity" in answer["refused"][0]
    assert answer["unknown"] == ["colour"]
    assert UnreadableMessage.objects.count() == 1


def test_a_device_speaks_for_none_of_another_base(client, device):
    DeviceFactory(device_id="YS-01", base=other_base())
    answer = send(client, {"YS-01": [MESSAGE]}).json()
    assert (answer["stored"], len(answer["refused"])) == (0, 1)
    assert not Reading.objects.exists()


def test_a_message_too_large_is_refused(client, device):
    answer = send(client, " " * (LARGEST + 1))
    assert answer.status_code == 413
    assert not UnreadableMessage.objects.exists()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_is_sent_is_stored_or_kept_and_never_breaks(device, payload):
    try:
        taken = take_message(device_id="ZJH-01", payload=payload, received_at=NOW)
    except UnreadablePayload:
        assert UnreadableMessage.objects.exists()
    else:
        assert taken.stored + taken.merged + taken.repeated + len(taken.refused) > 0
