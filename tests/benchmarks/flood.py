"""Publishing by the ten thousand: MQTT 3.1.1 packets made beforehand, sent over one socket."""

import json
import select
import socket
import subprocess
import sys
import threading
import time
from threading import Event

from paho.mqtt.client import CallbackAPIVersion, Client

_CONNECT, _PUBLISH_QOS1 = 0x10, 0x32
_PUBACK_LENGTH = 4
_CHUNK = 100  # packets sent at once
_UNACKNOWLEDGED = 3_000  # packets
_SPACING = 20  # ms between two readings of a device


class Flood(threading.Thread):
    """A publisher in a process of its own; made at once, started when the listener is there."""

    def __init__(self, port: int, count: int, *, devices: int) -> None:
        super().__init__()
        arguments = [str(port), str(count), str(devices)]
        command = [sys.executable, "-m", "tests.benchmarks.flood", *arguments]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout and self._process.stdin
        assert self._process.stdout.readline() == "ready\n"

    def run(self) -> None:
        """Publish everything and wait until the broker has acknowledged it."""
        self._process.communicate("go\n", timeout=120)


def packet(topic: bytes, payload: bytes, mid: int) -> bytes:
    """Return a PUBLISH packet with QoS 1."""
    body = len(topic).to_bytes(2, "big") + topic + mid.to_bytes(2, "big") + payload
    length, rest = b"", len(body)
    while True:
        rest, digit = divmod(rest, 128)
        length += bytes([digit | (128 if rest else 0)])
        if not rest:
            return bytes([_PUBLISH_QOS1]) + length + body


def packets(count: int, devices: int) -> list[bytes]:
    """Return chunks of packets: ten metrics each, one device after the other, times that end now."""
    now, chunks, chunk = int(time.time() * 1000), [], []
    for number in range(count):
        at = now - (count - number) // devices * _SPACING
        topic = f"base/BENCH-{number % devices:03d}/telemetry".encode()
        chunk.append(
            packet(topic, json.dumps({"ts": at, "values": _values(number)}).encode(), number % 65535 + 1)
        )
        if len(chunk) == _CHUNK:
            chunks.append(b"".join(chunk))
            chunk = []
    return [*chunks, b"".join(chunk)]


def _values(number: int) -> dict[str, float]:
    return {
        "pm25": 12.1 + number % 70 / 10, "pm10": 33.0, "tsp": 80.5, "noise": 45.2, "temperature": 18.3,
        "humidity": 61.0, "pressure": 912.3, "wind_speed": 2.3, "wind_direction": 123.0, "wind_force": 2,
    }  # fmt: skip


def publish(port: int, count: int, devices: int) -> None:
    """Make the packets, say `ready`, wait for a line, and publish."""
    chunks = packets(count, devices)
    with socket.create_connection(("127.0.0.1", port)) as broker:
        name = f"flood-{time.time_ns()}".encode()
        hello = b"\x00\x04MQTT\x04\x02\x00\x3c" + len(name).to_bytes(2, "big") + name
        broker.sendall(bytes([_CONNECT, len(hello)]) + hello)
        assert broker.recv(4)[3] == 0
        print("ready", flush=True)
        sys.stdin.readline()
        sent, acknowledged = 0, 0
        for chunk in chunks:
            broker.sendall(chunk)
            sent += _CHUNK
            while (
                sent - acknowledged // _PUBACK_LENGTH > _UNACKNOWLEDGED
                or select.select([broker], [], [], 0)[0]
            ):
                acknowledged += len(broker.recv(65_536))
        while acknowledged // _PUBACK_LENGTH < count:
            acknowledged += len(broker.recv(65_536))


def paho_receives(port: int, count: int, *, devices: int) -> float:
    """Return the messages a second that stock paho receives at QoS 1 when it does nothing with them."""
    ready, done, received = Event(), Event(), 0

    def on_message(*_: object) -> None:
        nonlocal received
        received += 1
        if received >= count:
            done.set()

    client = Client(CallbackAPIVersion.VERSION2, client_id=f"alone-{time.time_ns()}")
    client.on_connect = lambda *_: client.subscribe("base/+/telemetry", 1)
    client.on_subscribe = lambda *_: ready.set()
    client.on_message = on_message
    flood = Flood(port, count, devices=devices)
    client.connect("127.0.0.1", port)
    client.loop_start()
    assert ready.wait(10)
    begun = time.monotonic()
    flood.start()
    assert done.wait(120)
    seconds = time.monotonic() - begun
    client.disconnect()
    client.loop_stop()
    flood.join()
    return count / seconds


if __name__ == "__main__":
    publish(*map(int, sys.argv[1:4]))
