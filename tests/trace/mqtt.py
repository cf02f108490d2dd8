"""Brokers, ingests and clients for tests: embedded always, Mosquitto where it is installed."""

import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from paho.mqtt.client import CallbackAPIVersion, Client

from telemetry.broker import run_broker
from telemetry.broker.access import INGEST_USER
from telemetry.ingest.counters import Counters
from telemetry.ingest.mqtt import run_ingest
from tests.programs import free_port

SECRET = "only-for-the-ingest"


def eventually(check: Callable[[], object], *, seconds: float = 10.0) -> None:
    """Wait until `check` is true or does not raise AssertionError any more."""
    until = time.monotonic() + seconds
    while True:
        try:
            if check():
                return
        except AssertionError:
            if time.monotonic() > until:
                raise
        if time.monotonic() > until:
            raise AssertionError(f"still not after {seconds} s")
        time.sleep(0.02)


@contextmanager
def embedded_broker(port: int | None = None) -> Iterator[int]:
    """Run the embedded broker and give its port."""
    port, stop, ready = port or free_port(), Event(), Event()
    options = {"host": "127.0.0.1", "port": port, "ingest_password": SECRET, "stop": stop, "ready": ready}
    thread = Thread(target=run_broker, kwargs=options)
    thread.start()
    try:
        assert ready.wait(10)
        yield port
    finally:
        stop.set()
        thread.join(10)


def ingest_url(port: int) -> str:
    return f"mqtt://{INGEST_USER}:{SECRET}@127.0.0.1:{port}?protocol=3.1.1"


@contextmanager
def ingest(url: str) -> Iterator[Counters]:
    """Run an ingest in a thread of this process until the block ends; gives its counters."""
    stop, ready, counters = Event(), Event(), Counters()
    thread = Thread(
        target=run_ingest, kwargs={"url": url, "stop": stop, "ready": ready, "counters": counters}
    )
    thread.start()
    try:
        assert ready.wait(15)
        yield counters
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()


@contextmanager
def client(port: int, user: str, password: str, **options: object) -> Iterator[Client]:
    """Connect as a device would."""
    made = Client(CallbackAPIVersion.VERSION2, client_id=f"test-{user}", **options)
    made.username_pw_set(user, password)
    connected = Event()
    made.on_connect = lambda *_: connected.set()
    made.connect("127.0.0.1", port)
    made.loop_start()
    try:
        assert connected.wait(10)
        yield made
    finally:
        made.disconnect()
        made.loop_stop()


@contextmanager
def mosquitto(port: int, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Mosquitto that lets everybody in and keeps its queues in `folder`."""
    config = folder / "mosquitto.conf"
    config.write_text(
        f"listener {port} 127.0.0.1\nallow_anonymous true\nuser root\npersistence true\n"
        f"persistence_location {folder}/\nmax_queued_messages 100000\n"
    )
    broker = subprocess.Popen(["mosquitto", "-c", str(config)], stderr=subprocess.DEVNULL)
    try:
        eventually(lambda: answers(port))
        yield broker
    finally:
        broker.terminate()
        broker.wait(10)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return not probe.connect_ex(("127.0.0.1", port))
