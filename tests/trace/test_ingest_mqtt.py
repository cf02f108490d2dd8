"""From a publish to a row: over both brokers, through outages of each part, and whatever is sent."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import SHUT_RDWR

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from paho.mqtt.client import CallbackAPIVersion, Client

from telemetry.ingest import batches
from telemetry.ingest.counters import Counters
from telemetry.models import Device, Reading, UnreadableMessage
from telemetry.presence import mark_silent
from tests.factories.telemetry import PASSWORD, DeviceFactory
from tests.trace.mqtt import client, embedded_broker, eventually, free_port, ingest, ingest_url, mosquitto

pytestmark = pytest.mark.django_db(transaction=True)
needs_mosquitto = pytest.mark.skipif(not shutil.which("mosquitto"), reason="Mosquitto is not installed")
TOPIC = "base/ZJH-01/telemetry"


@pytest.fixture
def device() -> Device:
    return DeviceFactory(device_id="ZJH-01")


@pytest.fixture
def broker(device: Device) -> Iterator[int]:
    with embedded_broker() as port:
        yield port


def send(station: Client, *payloads: object, topic: str = TOPIC) -> None:
    for payload in payloads:
        data = payload if isinstance(payload, bytes) else json.dumps(payload)
        station.publish(topic, data, qos=1).wait_for_publish(10)


def reading(second: int, **values: float) -> dict[str, object]:
    return {"ts": 1_700_000_000 + second, "values": values or {"pm25": second}}


def test_what_a_device_publishes_is_stored_at_once(broker: int):
    with ingest(ingest_url(broker)), client(broker, "ZJH-01", PASSWORD) as station:
        started = time.monotonic()
        send(station, {"pm25": 12.1, "temperature": 3})
        eventually(Reading.objects.exists)
        assert time.monotonic() - started < 1
        send(station, b'{"time":"2023-6-1 08:33:16","Data":[{"name":"PM2.5","value":"12"}]}')
        eventually(lambda: Reading.objects.count() == 2)
    assert Device.objects.get().online


def test_messages_without_a_time_never_fall_on_the_same_moment(broker: int):
    with ingest(ingest_url(broker)) as counters, client(broker, "ZJH-01", PASSWORD) as station:
        for number in range(50):
            station.publish(TOPIC, json.dumps({"pm25": number}), qos=1)
        eventually(lambda: counters.received == 50)
    assert Reading.objects.count() == 50


def test_a_last_will_shows_the_device_offline(broker: int, device: Device):
    with ingest(ingest_url(broker)):
        station = Client(CallbackAPIVersion.VERSION2, client_id="station")
        station.username_pw_set("ZJH-01", PASSWORD)
        station.will_set("base/ZJH-01/status", "offline", qos=1, retain=True)
        station.connect("127.0.0.1", broker)
        station.loop_start()
        send(station, b"online", topic="base/ZJH-01/status")
        eventually(lambda: Device.objects.get().online)
        station._thread_terminate = True
        station.socket().shutdown(SHUT_RDWR)  # the cable is cut
        eventually(lambda: not Device.objects.get().online)
    assert Device.objects.get().last_seen


JUNK = [b"", b"hello", b"\x00\xff\xfe", b"[]", b'{"pm25": 1e999}', b'{"pm25":', b"##0000", b"x" * 300_000]


def test_every_unreadable_message_is_kept_and_none_holds_up_the_queue(broker: int):
    with ingest(ingest_url(broker)) as counters, client(broker, "ZJH-01", PASSWORD) as station:
        send(station, *JUNK, {"pm25": 12.1, "noise": 999})
        send(station, b"perhaps", topic="base/ZJH-01/status")
        send(station, reading(1))
        eventually(lambda: Reading.objects.count() == 2)
        eventually(lambda: UnreadableMessage.objects.count() == len(JUNK) + 2)
        assert counters.unreadable == len(JUNK) + 2
    kept = UnreadableMessage.objects.order_by("id")
    assert [row.size for row in kept][: len(JUNK)] == [len(payload) for payload in JUNK]
    assert all(row.reason and row.device_id == "ZJH-01" for row in kept)
    assert len(kept[len(JUNK) - 1].payload) == UnreadableMessage.PAYLOAD_KEPT
    partly = kept[len(JUNK)]
    assert "noise" in partly.reason
    assert Reading.objects.order_by("-at").first().values == {"pm25": 12.1}


def test_what_arrives_while_the_ingest_is_away_is_stored_when_it_is_back(broker: int):
    with ingest(ingest_url(broker)):
        pass
    with client(broker, "ZJH-01", PASSWORD) as station:
        send(station, *[reading(second) for second in range(20)])
    assert not Reading.objects.exists()
    with ingest(ingest_url(broker)):
        eventually(lambda: Reading.objects.count() == 20)


def test_an_outage_of_the_database_loses_nothing(broker: int, monkeypatch: pytest.MonkeyPatch):
    store = batches.store
    away = True

    def store_or_not(*arguments: object, **options: object) -> object:
        if away:
            raise OperationalError("the database is away")
        return store(*arguments, **options)

    monkeypatch.setattr(batches, "store", store_or_not)
    with ingest(ingest_url(broker)) as counters, client(broker, "ZJH-01", PASSWORD) as station:
        send(station, *[reading(second) for second in range(20)])
        eventually(lambda: counters.waits_for_database)
        time.sleep(6)  # longer than amqtt waits for an acknowledgement
        assert not Reading.objects.exists()
        away = False
        eventually(lambda: Reading.objects.count() == 20, seconds=20)


def test_what_the_ingest_had_not_acknowledged_when_it_went_comes_again(
    broker: int, monkeypatch: pytest.MonkeyPatch
):
    def never(*arguments: object, **options: object) -> None:
        raise OperationalError("the database is away")

    with monkeypatch.context() as patched, client(broker, "ZJH-01", PASSWORD) as station:
        patched.setattr(batches, "store", never)
        with ingest(ingest_url(broker)) as counters:
            send(station, *[reading(second) for second in range(20)])
            eventually(lambda: counters.waits_for_database)
    with ingest(ingest_url(broker)):
        eventually(lambda: Reading.objects.count() == 20)


def test_a_message_the_database_refuses_is_found_and_kept(broker: int, monkeypatch: pytest.MonkeyPatch):
    store = batches.store

    def store_unless_13(messages: list, **options: object) -> object:
        if any(message.values.get("pm25") == 13 for message in messages):
            raise ValueError("unlucky")
        return store(messages, **options)

    monkeypatch.setattr(batches, "store", store_unless_13)
    with ingest(ingest_url(broker)), client(broker, "ZJH-01", PASSWORD) as station:
        for second in range(20):
            station.publish(TOPIC, json.dumps(reading(second)), qos=1)
        eventually(lambda: Reading.objects.count() == 19)
        eventually(UnreadableMessage.objects.exists)
    assert "unlucky" in UnreadableMessage.objects.get().reason


def test_a_silent_device_is_marked_offline_and_one_that_reports_is_not(device: Device):
    now = datetime.now(UTC)
    DeviceFactory(device_id="ZJH-02", online=True, last_seen=now - timedelta(minutes=2))
    Device.objects.filter(pk=device.pk).update(online=True, last_seen=now - timedelta(minutes=4))
    assert [gone.device_id for gone in mark_silent(at=now)] == ["ZJH-01"]
    assert list(Device.objects.filter(online=True).values_list("device_id", flat=True)) == ["ZJH-02"]
    assert mark_silent(at=now) == []


# --- Mosquitto ---


@pytest.fixture
def on_mosquitto(device: Device, tmp_path: Path) -> Iterator[tuple[int, Callable[[], object]]]:
    port = free_port()
    with mosquitto(port, tmp_path):
        yield port, lambda: mosquitto(port, tmp_path)


def flood(port: int, count: int) -> None:
    with client(port, "ZJH-01", PASSWORD) as station:
        sent = [
            station.publish(TOPIC, json.dumps(reading(second, pm25=second % 900)), qos=1)
            for second in range(count)
        ]
        sent[-1].wait_for_publish(30)


@needs_mosquitto
def test_mosquitto_delivers_a_flood_completely(on_mosquitto: tuple[int, object]):
    port, _again = on_mosquitto
    with ingest(f"mqtt://127.0.0.1:{port}") as counters:
        flood(port, 6_000)
        eventually(lambda: counters.stored == 6_000, seconds=30)
        assert counters.batches < 1_000
    assert Reading.objects.count() == 6_000


@needs_mosquitto
def test_a_clean_restart_of_mosquitto_loses_nothing(device: Device, tmp_path: Path):
    port = free_port()
    with mosquitto(port, tmp_path), ingest(f"mqtt://127.0.0.1:{port}"):
        flood(port, 100)
    with mosquitto(port, tmp_path):
        flood(port, 500)  # the ingest is away
    with mosquitto(port, tmp_path), ingest(f"mqtt://127.0.0.1:{port}"):
        eventually(lambda: Reading.objects.count() == 500)


@needs_mosquitto
def test_a_broker_that_restarts_under_the_ingest_is_found_again(device: Device, tmp_path: Path):
    port = free_port()
    with mosquitto(port, tmp_path) as broker, ingest(f"mqtt://127.0.0.1:{port}") as counters:
        flood(port, 100)
        broker.terminate()
        broker.wait(10)
        with mosquitto(port, tmp_path):
            eventually(lambda: counters.reconnects)
            flood(port, 300)
            eventually(lambda: Reading.objects.count() == 300, seconds=20)


@needs_mosquitto
def test_an_ingest_that_is_killed_loses_nothing(on_mosquitto: tuple[int, object]):
    port, _again = on_mosquitto
    process = start_ingest(f"mqtt://127.0.0.1:{port}")
    try:
        with client(port, "ZJH-01", PASSWORD) as station:
            eventually(lambda: send(station, reading(0)) or Reading.objects.exists(), seconds=30)
            sent = [station.publish(TOPIC, json.dumps(reading(second)), qos=1) for second in range(1, 900)]
            process.kill()
            process.wait(10)
            sent[-1].wait_for_publish(20)
        assert Reading.objects.count() < 900
    finally:
        process.kill()
    with ingest(f"mqtt://127.0.0.1:{port}"):
        eventually(lambda: Reading.objects.count() == 900, seconds=20)


def start_ingest(url: str) -> subprocess.Popen[bytes]:
    """Start `manage.py ingest_mqtt` on the database of this test."""
    name = connection.settings_dict["NAME"]
    database = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        host, port = connection.settings_dict["HOST"], connection.settings_dict["PORT"]
        database = f"postgres://{connection.settings_dict['USER']}@{host}:{port}/{name}"
    environment = {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "REDIS_URL": "",
    }

    command = [sys.executable, str(settings.ROOT / "manage.py"), "ingest_mqtt", "--url", url]
    return subprocess.Popen(command, env={**os.environ, **environment})


def test_counters_are_plain_numbers():
    assert Counters().as_dict()["stored"] == 0
