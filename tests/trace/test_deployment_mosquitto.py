"""The very mosquitto.conf and run.sh of production: who may sign in, say and hear what, and what survives."""

import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.utils import timezone
from paho.mqtt.client import CallbackAPIVersion, Client, MQTTMessage, MQTTv5
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from telemetry.broker.files import write_access_files
from telemetry.credentials import hash_password
from telemetry.devices import issue_password, revoke_password
from telemetry.ingest import mqtt as ingest
from telemetry.ingest.payloads import LARGEST
from telemetry.models import Device
from tests.factories.telemetry import BaseFactory, DeviceFactory
from tests.production import DEPLOY, lay_out_mosquitto, program_path
from tests.programs import free_port, listens, needed, running, wait_until

PASSWORD = "the ingest's"


@dataclass
class Broker:
    """A running Mosquitto."""

    port: int
    folder: Path
    process: subprocess.Popen


@dataclass
class Person:
    """Somebody at the broker, and what came to them."""

    client: Client
    answers: list[str] = field(default_factory=list)
    heard: list[tuple[str, bytes]] = field(default_factory=list)

    def say(self, topic: str, payload: bytes = b"{}") -> None:
        """Publish with QoS 1 and wait for the broker's acknowledgement."""
        self.client.publish(topic, payload, qos=1).wait_for_publish(5)

    def listen(self, topic: str) -> None:
        """Subscribe and wait until the broker answered."""
        before = len(self.answers)
        self.client.subscribe(topic, qos=1)
        wait_until(lambda: len(self.answers) > before)


@contextmanager
def at_broker(
    broker: Broker, user: str = "", password: str = "", *, client_id: str = "", kept: bool = False
) -> Iterator[Person]:
    """Connect and wait for the broker's answer."""
    client = Client(
        CallbackAPIVersion.VERSION2, client_id=client_id, protocol=MQTTv5, reconnect_on_failure=False
    )
    person = Person(client)
    if user:
        client.username_pw_set(user, password)

    def on_message(_client: Client, _data: object, message: MQTTMessage) -> None:
        person.heard.append((message.topic, message.payload))

    client.on_connect = lambda _c, _d, _f, reason, _p: person.answers.append(str(reason))
    client.on_subscribe = lambda _c, _d, _m, reasons, _p: person.answers.append(str(reasons[0]))
    client.on_disconnect = lambda _c, _d, _f, reason, _p: person.answers.append(f"left: {reason}")
    client.on_message = on_message
    session = Properties(PacketTypes.CONNECT)
    session.SessionExpiryInterval = 3600 if kept else 0
    client.connect("127.0.0.1", broker.port, clean_start=not kept, properties=session)
    client.loop_start()
    try:
        wait_until(lambda: bool(person.answers), why="no answer from the broker")
        yield person
    finally:
        client.disconnect()
        client.loop_stop()


@contextmanager
def started(folder: Path) -> Iterator[Broker]:
    """Run it through run.sh, as the container does."""
    needed("mosquitto")
    port = free_port()
    command = lay_out_mosquitto(folder, port=port)
    with running(command, log=folder / "log", environment=program_path()) as process:
        wait_until(lambda: listens(port), why="Mosquitto does not listen")
        yield Broker(port, folder, process)


@pytest.fixture
def devices(db) -> Callable[[str, str], Device]:
    """Make devices with a password."""
    base = BaseFactory()

    def make(device_id: str, password: str) -> Device:
        return DeviceFactory(base=base, device_id=device_id, password_hash=hash_password(password))

    return make


@pytest.fixture
def broker(tmp_path, devices) -> Iterator[Broker]:
    """Mosquitto with two devices that may sign in."""
    needed("mosquitto")
    devices("ZJH-01", "first")
    devices("YSH-01", "second")
    write_access_files(tmp_path / "access", ingest_password=PASSWORD)
    with started(tmp_path) as running_broker:
        yield running_broker


def test_only_known_names_with_their_password_may_sign_in(broker):
    for user, password in (
        ("", ""),
        ("ZJH-01", "wrong"),
        ("ZJH-01", ""),
        ("NEW-01", "first"),
        ("ingest", "first"),
    ):
        with at_broker(broker, user, password) as person:
            assert person.answers[0] in {"Not authorized", "Bad user name or password"}, user
    with at_broker(broker, "ZJH-01", "first") as person:
        assert person.answers == ["Success"]


def test_the_ingest_hears_every_device_and_a_device_speaks_only_for_itself(broker):
    with (
        at_broker(broker, "ingest", PASSWORD) as listener,
        at_broker(broker, "ZJH-01", "first") as own,
        at_broker(broker, "YSH-01", "second") as other,
    ):
        listener.listen("base/#")
        other.say("base/ZJH-01/telemetry", b"forged")
        other.say("elsewhere", b"forged")
        listener.say("base/ZJH-01/telemetry", b"forged")
        own.say("base/ZJH-01/telemetry", b"right")
        other.say("base/YSH-01/status", b"online")
        wait_until(lambda: len(listener.heard) >= 2)
    assert listener.heard == [("base/ZJH-01/telemetry", b"right"), ("base/YSH-01/status", b"online")]


def test_a_device_hears_nothing_of_others(broker):
    with at_broker(broker, "YSH-01", "second") as curious, at_broker(broker, "ZJH-01", "first") as own:
        for topic in ("#", "base/#", "base/ZJH-01/telemetry", "$SYS/#"):
            curious.listen(topic)
        own.say("base/ZJH-01/telemetry")
        own.say("base/ZJH-01/telemetry")
    assert curious.heard == []


def test_a_device_made_in_the_back_office_may_sign_in_without_a_restart(broker, devices):
    device = devices("NEW-01", "third")

    def answered() -> str:
        with at_broker(broker, "NEW-01", "third") as person:
            return person.answers[0]

    assert answered() != "Success"
    write_access_files(broker.folder / "access", ingest_password=PASSWORD)
    wait_until(lambda: answered() == "Success", why="not let in")
    device.is_active = False
    device.save()
    write_access_files(broker.folder / "access", ingest_password=PASSWORD)
    wait_until(lambda: answered() != "Success", why="not shut out")


@pytest.mark.parametrize("act", ["revoked", "renewed", "stopped"])
def test_a_connected_device_is_thrown_out_when_its_password_does_not_hold_any_more(broker, act):
    device = Device.objects.get(device_id="ZJH-01")
    with at_broker(broker, "ZJH-01", "first") as person, at_broker(broker, "YSH-01", "second") as other:
        assert person.answers == ["Success"]
        if act == "revoked":
            revoke_password(device=device, at=timezone.now())
        elif act == "renewed":
            issue_password(device=device, at=timezone.now())
        else:
            Device.objects.filter(pk=device.pk).update(is_active=False)
        write_access_files(broker.folder / "access", ingest_password=PASSWORD)
        wait_until(lambda: len(person.answers) > 1, why="not thrown out")
        assert person.answers[1].startswith("left:")
        assert other.answers == ["Success"], "others stay connected"


def test_files_that_would_say_the_same_are_left_alone(tmp_path, devices):
    devices("ZJH-01", "first")
    assert write_access_files(tmp_path, ingest_password=PASSWORD) == 1
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    write_access_files(tmp_path, ingest_password=PASSWORD)
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before
    write_access_files(tmp_path, ingest_password="another")
    assert (tmp_path / "passwordfile").stat().st_mtime_ns != before["passwordfile"]
    assert (tmp_path / "passwordfile").stat().st_mode & 0o007 == 0, "readable by others"


def test_what_waits_for_the_ingest_survives_a_clean_restart(broker):
    with at_broker(broker, "ingest", PASSWORD, client_id="kept", kept=True) as listener:
        listener.listen("base/+/telemetry")
    with at_broker(broker, "ZJH-01", "first") as own:
        for number in range(50):
            own.say("base/ZJH-01/telemetry", str(number).encode())
    broker.process.send_signal(signal.SIGTERM)
    broker.process.wait(timeout=10)
    with (
        started(broker.folder) as again,
        at_broker(again, "ingest", PASSWORD, client_id="kept", kept=True) as listener,
    ):
        wait_until(lambda: len(listener.heard) >= 50)
    assert [int(payload) for _, payload in listener.heard] == list(range(50))


def test_a_packet_far_too_large_ends_the_connection(broker):
    with at_broker(broker, "ZJH-01", "first") as person:
        person.client.publish("base/ZJH-01/telemetry", b"x" * 2_000_000, qos=0)
        wait_until(lambda: len(person.answers) == 2)
        assert person.answers[1].startswith("left:")
    with at_broker(broker, "ZJH-01", "first") as person:
        assert person.answers == ["Success"], "the broker serves on"


def test_the_broker_hands_the_ingest_as_much_at_once_as_it_takes():
    text = (DEPLOY / "mosquitto/mosquitto.conf").read_text()
    inflight = int(text.split("max_inflight_messages ")[1].split()[0])
    largest = int(text.split("max_packet_size ")[1].split()[0])
    assert inflight >= ingest.IN_FLIGHT
    assert largest > LARGEST, "what is a little too large must reach the ingest, which keeps it"
