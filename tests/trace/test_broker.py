"""The embedded broker lets in who is known, to where they belong, and survives what is thrown at it."""

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone
from paho.mqtt.client import CallbackAPIVersion, Client

from telemetry.broker import expulsion
from telemetry.broker.access import INGEST_USER
from telemetry.broker.careful import LARGEST_READ
from telemetry.credentials import check_password, hash_password, new_password
from telemetry.devices import issue_password, revoke_password
from telemetry.models import Device
from tests.factories.telemetry import PASSWORD, DeviceFactory
from tests.trace.mqtt import SECRET, client, embedded_broker, eventually, free_port


def test_a_password_is_checked_against_its_hash():
    password = new_password()
    hashed = hash_password(password)
    assert hashed.startswith("$7$")
    assert check_password(password, hashed)
    assert not check_password(password + "x", hashed)
    assert new_password() != password


@pytest.mark.parametrize("hashed", ["", "$7$", "plain", "$6$1$YQ==$YQ==", "$7$x$YQ==$YQ==", "$7$0$YQ==$YQ=="])
def test_a_foreign_hash_fits_no_password(hashed: str):
    assert not check_password("", hashed)
    assert not check_password("plain", hashed)


@pytest.fixture
def port(transactional_db: None) -> Iterator[int]:
    DeviceFactory(device_id="ZJH-01")
    DeviceFactory(device_id="ZJH-02", is_active=False)
    with embedded_broker() as port:
        yield port


def answer_to(port: int, user: str, password: str) -> str:
    """Return the reason of the CONNACK."""
    reasons: list[str] = []
    connecting = Client(CallbackAPIVersion.VERSION2, client_id=f"try-{user}")
    connecting.username_pw_set(user, password)
    connecting.on_connect = lambda _client, _data, _flags, reason, _properties: reasons.append(str(reason))
    connecting.connect("127.0.0.1", port)
    connecting.loop_start()
    eventually(lambda: reasons)
    connecting.disconnect()
    connecting.loop_stop()
    return reasons[0]


def test_only_the_right_credentials_are_let_in(port: int):
    assert answer_to(port, "ZJH-01", PASSWORD) == "Success"
    assert answer_to(port, INGEST_USER, SECRET) == "Success"
    for user, password in [
        ("ZJH-01", "wrong"),
        ("ZJH-01", ""),
        ("NOBODY", PASSWORD),
        ("ZJH-02", PASSWORD),
        (INGEST_USER, PASSWORD),
        (INGEST_USER, ""),
        ("", ""),
    ]:
        assert answer_to(port, user, password) != "Success", (user, password)


def what_is_heard_of_a_device(port: int) -> list[str]:
    """Publish as ZJH-01 where it may and where it may not; return the topics the ingest hears."""
    heard: list[str] = []
    subscribed = Event()
    with client(port, INGEST_USER, SECRET) as listener, client(port, "ZJH-01", PASSWORD) as device:
        listener.on_message = lambda _client, _data, message: heard.append(message.topic)
        listener.on_subscribe = lambda *_: subscribed.set()
        listener.subscribe("base/#", 1)
        assert subscribed.wait(5)
        for topic in ("base/ZJH-02/telemetry", "base/ZJH-012/telemetry", "other", "base/ZJH-01/telemetry"):
            device.publish(topic, "{}", qos=1)
        eventually(lambda: "base/ZJH-01/telemetry" in heard)
        time.sleep(0.2)
    return heard


def test_a_device_is_heard_below_its_own_id_only(port: int):
    assert what_is_heard_of_a_device(port) == ["base/ZJH-01/telemetry"]


def test_a_device_hears_nobody(port: int):
    codes: list[object] = []
    with client(port, "ZJH-01", PASSWORD) as device:
        device.on_subscribe = lambda _client, _data, _mid, reasons, _properties: codes.extend(reasons)
        device.subscribe("base/#", 1)
        eventually(lambda: codes)
    assert codes[0].is_failure


def test_junk_and_endless_packets_drop_their_sender_only(port: int):
    announced = b"\x30" + b"\xff\xff\xff\x7f"
    for junk in (
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x00" * 1000,
        announced + b"x" * 100_000,
        b"\x10\xff\xff\xff\xff",
    ):
        with socket.create_connection(("127.0.0.1", port)) as intruder:
            intruder.settimeout(1)
            try:
                intruder.sendall(junk)
                while intruder.recv(4096):
                    pass
            except (ConnectionError, TimeoutError):
                pass
    assert answer_to(port, "ZJH-01", PASSWORD) == "Success"


def test_a_device_that_announces_too_much_is_dropped(port: int):
    gone = Event()
    with client(port, "ZJH-01", PASSWORD) as device:
        device.on_disconnect = lambda *_: gone.set()
        device.publish("base/ZJH-01/telemetry", b"x" * (LARGEST_READ + 1), qos=1)
        assert gone.wait(10)
    assert answer_to(port, "ZJH-01", PASSWORD) == "Success"


# --- the same rules in Mosquitto ---


@pytest.mark.skipif(not shutil.which("mosquitto"), reason="Mosquitto is not installed")
def test_mosquitto_takes_the_files_we_write(transactional_db: None, tmp_path: Path):
    DeviceFactory(device_id="ZJH-01")
    DeviceFactory(device_id="ZJH-02", is_active=False)
    call_command("mosquitto_files", tmp_path, ingest_password=SECRET)
    port = free_port()
    (tmp_path / "mosquitto.conf").write_text(
        f"listener {port} 127.0.0.1\nallow_anonymous false\nuser root\n"
        f"password_file {tmp_path}/passwordfile\nacl_file {tmp_path}/acl\n"
    )
    broker = subprocess.Popen(
        ["mosquitto", "-c", str(tmp_path / "mosquitto.conf")], stderr=subprocess.DEVNULL
    )
    try:
        eventually(lambda: not socket.socket().connect_ex(("127.0.0.1", port)))
        assert answer_to(port, "ZJH-01", PASSWORD) == "Success"
        assert answer_to(port, INGEST_USER, SECRET) == "Success"
        for user, password in [("ZJH-01", "wrong"), ("ZJH-02", PASSWORD), (INGEST_USER, PASSWORD)]:
            assert answer_to(port, user, password) != "Success", (user, password)
        assert what_is_heard_of_a_device(port) == ["base/ZJH-01/telemetry"]
    finally:
        broker.terminate()
        broker.wait(10)


def test_mosquitto_files_need_the_password_of_the_ingest(db: None, tmp_path: Path, settings):
    settings.MQTT_URL = ""
    with pytest.raises(CommandError):
        call_command("mosquitto_files", tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_device_without_a_password_can_never_sign_in():
    assert not check_password("", Device().password_hash)


# --- a password that was taken away ends the connection it opened ---


def shut_out(device_id: str) -> None:
    revoke_password(device=Device.objects.get(device_id=device_id), at=timezone.now())


def renew(device_id: str) -> None:
    issue_password(device=Device.objects.get(device_id=device_id), at=timezone.now())


def stop(device_id: str) -> None:
    Device.objects.filter(device_id=device_id).update(is_active=False)


@pytest.mark.parametrize("act", [shut_out, renew, stop])
def test_a_connected_device_is_thrown_out_and_its_will_is_heard(port: int, act: Callable[[str], None]):
    DeviceFactory(device_id="ZJH-03")
    gone: list[str] = []
    stayed: list[str] = []
    heard: list[tuple[str, bytes]] = []
    with (
        client(port, INGEST_USER, SECRET) as listener,
        client(port, "ZJH-03", PASSWORD) as other,
        willing(port, "ZJH-01", gone),
    ):
        other.on_disconnect = lambda *_: stayed.append("gone")
        listener.on_message = lambda _client, _data, message: heard.append((message.topic, message.payload))
        listener.subscribe("base/#", 1)
        act("ZJH-01")
        eventually(lambda: gone)
        eventually(lambda: ("base/ZJH-01/status", b"offline") in heard)
        assert answer_to(port, "ZJH-01", PASSWORD) != "Success"
        assert stayed == [], "others stay connected"


@contextmanager
def willing(port: int, user: str, gone: list[str]) -> Iterator[Client]:
    """Connect with a last will, once: a device that is thrown out and comes again is another test."""
    made = Client(CallbackAPIVersion.VERSION2, client_id=f"will-{user}", reconnect_on_failure=False)
    made.username_pw_set(user, PASSWORD)
    made.will_set(f"base/{user}/status", "offline", qos=1)
    connected = Event()
    made.on_connect = lambda *_: connected.set()
    made.on_disconnect = lambda *_: gone.append(user)
    made.connect("127.0.0.1", port)
    made.loop_start()
    try:
        assert connected.wait(10)
        yield made
    finally:
        made.disconnect()
        made.loop_stop()


def test_nobody_is_thrown_out_while_the_database_is_away(port: int, monkeypatch: pytest.MonkeyPatch):
    def away(users: object) -> dict[str, str]:
        asked.append(True)
        raise OperationalError("away")

    asked: list[bool] = []
    monkeypatch.setattr(expulsion, "password_hashes", away)
    monkeypatch.setattr(expulsion, "EVERY", 0.05)
    gone: list[str] = []
    with willing(port, "ZJH-01", gone):
        eventually(lambda: len(asked) > 2)
        assert gone == []
