"""A station on a real broker: signs in as the device, says it is online, publishes, leaves a last will."""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from paho.mqtt.client import CallbackAPIVersion, Client

from telemetry.simulate.series import Sample
from telemetry.simulate.weather import measure

_UNACKNOWLEDGED = 200  # messages; a fast replay waits for the broker
_BUFFERED = 10_000  # readings a station keeps while the broker is away, as real ones do
_FAREWELL = 30.0  # s


class Refused(PermissionError):
    """The broker does not let the device in; says why."""


class Simulated(NamedTuple):
    """A device to simulate, with its password and the county whose weather it has."""

    device_id: str
    password: str
    region: str


class Station:
    """The connection of one device, as a context: online inside, offline after."""

    def __init__(self, device: Simulated, *, url: str) -> None:
        parts = urlsplit(url)
        self._address = (
            parts.hostname or "127.0.0.1",
            parts.port or (8883 if parts.scheme == "mqtts" else 1883),
        )
        self._topic = f"base/{device.device_id}"
        self._refusal = ""
        self._connected = Event()
        self._published = self._acknowledged = 0
        self._client = Client(CallbackAPIVersion.VERSION2, client_id=f"station-{device.device_id}")
        self._client.username_pw_set(device.device_id, device.password or None)
        if parts.scheme == "mqtts":
            self._client.tls_set()
        self._client.will_set(f"{self._topic}/status", "offline", qos=1, retain=True)
        self._client.max_inflight_messages_set(_UNACKNOWLEDGED)
        self._client.max_queued_messages_set(_BUFFERED)
        self._client.on_connect = self._on_connect
        self._client.on_publish = self._on_publish

    def start(self) -> None:
        """Connect in the background, again whenever the connection is lost."""
        self._client.connect_async(*self._address, keepalive=20)
        self._client.loop_start()

    def wait(self, *, seconds: float = 10.0) -> None:
        """Wait until the broker has let the device in.

        Raises:
            Refused: it did not.
        """
        if not self._connected.wait(seconds):
            raise Refused(f"no MQTT broker at {self._address[0]}:{self._address[1]}")
        if self._refusal:
            raise Refused(self._refusal)

    def publish(self, sample: Sample) -> None:
        """Publish one reading; waits while the broker is behind."""
        message = {"ts": round(sample.at.timestamp() * 1000), "values": sample.values}
        self._client.publish(f"{self._topic}/telemetry", json.dumps(message), qos=1)
        self._published += 1
        if self._client.is_connected() and self._behind() > _UNACKNOWLEDGED:
            self._wait_until(lambda: self._behind() <= _UNACKNOWLEDGED // 2)

    def stop(self) -> None:
        """Let the last reading out, say offline and leave."""
        if self._client.is_connected():
            self._say("offline")
            self._wait_until(lambda: self._behind() == 0)
        self._client.disconnect()
        self._client.loop_stop()

    def _on_connect(self, client: Client, userdata: Any, flags: Any, reason: Any, properties: Any) -> None:
        self._refusal = str(reason) if reason.is_failure else ""
        if not reason.is_failure:
            self._say("online")
        self._connected.set()

    def _on_publish(self, client: Client, userdata: Any, mid: int, reason: Any, properties: Any) -> None:
        self._acknowledged += 1

    def _say(self, status: str) -> None:
        self._client.publish(f"{self._topic}/status", status, qos=1, retain=True)
        self._published += 1

    def _behind(self) -> int:
        return self._published - self._acknowledged

    def _wait_until(self, check: Callable[[], bool]) -> None:
        """Wait, as long as there is a connection; without one paho keeps what was published."""
        until = time.monotonic() + _FAREWELL
        while self._client.is_connected() and not check() and time.monotonic() < until:
            time.sleep(0.005)


def simulate_many(devices: Sequence[Simulated], *, url: str, interval: float, stop: Event) -> None:
    """Simulate these stations until `stop` is set, each a reading every `interval` s, not all at once."""
    stations = [(device, Station(device, url=url)) for device in devices]
    for _device, station in stations:
        station.start()
    pause = interval / max(1, len(stations))
    try:
        while not stop.is_set():
            for device, station in stations:
                at = datetime.now(UTC)
                values = measure(region=device.region, device_id=device.device_id, at=at)
                station.publish(Sample(at, values))
                if stop.wait(pause):
                    break
    finally:
        for _device, station in stations:
            station.stop()


def replay(station: Station, series: Iterable[Sample], *, speed: float, stop: Event) -> int:
    """Publish a series as fast as `speed` says and return how many readings were published.

    At real time or slower the readings are dated when they are sent; faster, they keep the times given.
    """
    started, first, sent = time.monotonic(), None, 0
    for sample in series:
        first = first or sample.at
        due = started + (sample.at - first) / timedelta(seconds=1) / speed
        if (wait := due - time.monotonic()) > 0 and stop.wait(wait):
            break
        station.publish(sample if speed > 1 else Sample(datetime.now(UTC), sample.values))
        sent += 1
    return sent
