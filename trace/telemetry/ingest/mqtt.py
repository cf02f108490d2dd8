"""MQTT adapter: a persistent session at the broker, acknowledged after the commit.

Two threads: paho's reads the socket into a bounded inbox, the caller's stores batch after batch. At most
`IN_FLIGHT` messages are delivered and not acknowledged (MQTT 5 receive maximum), so a flood waits in the
broker. An acknowledgement belongs to the connection that delivered the message: after a reconnect the broker
delivers again what was not acknowledged, and `store` knows it already.
"""

import logging
import time
from datetime import UTC, datetime
from threading import Event
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.db import DatabaseError, connection
from paho.mqtt.client import CallbackAPIVersion, MQTTv5, MQTTv311
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from telemetry.ingest.batches import DATABASE_IS_AWAY, write
from telemetry.ingest.client import Client, Delivery
from telemetry.ingest.counters import Counters
from telemetry.ingest.counters import counters as counters_of_this_process
from telemetry.ingest.inbox import Arrival, Inbox
from telemetry.presence import mark_silent

log = logging.getLogger(__name__)

CLIENT_ID = "fengtu-ingest"
TOPICS = ("base/+/telemetry", "base/+/status")
IN_FLIGHT = 4_000  # messages
BATCH = 1_000  # messages
LINGER = 0.02  # s a message may wait for others to share its transaction
SESSION_KEPT = 7 * 86_400  # s the broker queues for an ingest that is away
SILENCE_EVERY = 10.0  # s
LONGEST_PAUSE = 10.0  # s between two tries of the database
FAREWELL = 2.0  # s for the last acknowledgements to get out


def run_ingest(
    *, url: str, stop: Event, ready: Event | None = None, counters: Counters = counters_of_this_process
) -> None:
    """Store what devices publish until `stop` is set; `ready` is set once it is subscribed.

    `url` is `mqtt[s]://user:password@host:port`. `?protocol=3.1.1` is for a broker without MQTT 5, as the
    embedded one; `?client_id=` is for a second ingest. The connection is made again whenever it is lost.
    """
    ingest = _Ingest(url, stop, ready or Event(), counters)
    ingest.start()
    try:
        while not stop.is_set():
            ingest.step()
        ingest.drain()
    finally:
        ingest.close()
        connection.close()


class _Ingest:
    """One session at the broker and what it brought."""

    def __init__(self, url: str, stop: Event, ready: Event, counters: Counters) -> None:
        self._stop = stop
        self._ready = ready
        self._counters = counters
        self._inbox = Inbox(stop)
        self._connection = 0
        self._silence_due = time.monotonic() + SILENCE_EVERY
        self._client = self._make_client(url)

    def _make_client(self, url: str) -> Client:
        parts = urlsplit(url)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        self._speaks_5 = options.get("protocol", "5") == "5"
        client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=options.get("client_id", CLIENT_ID),
            protocol=MQTTv5 if self._speaks_5 else MQTTv311,
            clean_session=None if self._speaks_5 else False,
            deliver=self._deliver,
        )
        if parts.username:
            client.username_pw_set(unquote(parts.username), unquote(parts.password or ""))
        if parts.scheme == "mqtts":
            client.tls_set()
        client.on_connect = self._on_connect
        client.on_subscribe = self._on_subscribe
        client.on_disconnect = self._on_disconnect
        client.reconnect_delay_set(min_delay=1, max_delay=30)
        self._address = (
            parts.hostname or "127.0.0.1",
            parts.port or (8883 if parts.scheme == "mqtts" else 1883),
        )
        return client

    def start(self) -> None:
        """Start connecting; it goes on until it succeeds."""
        session: dict[str, Any] = {}
        if self._speaks_5:
            properties = Properties(PacketTypes.CONNECT)
            properties.SessionExpiryInterval = SESSION_KEPT
            properties.ReceiveMaximum = IN_FLIGHT
            session = {"clean_start": False, "properties": properties}
        self._client.connect_async(*self._address, keepalive=30, **session)
        self._client.loop_start()

    def step(self) -> None:
        """Store the next batch, or look for silent devices when that is due."""
        arrivals = self._inbox.take(most=BATCH, wait=0.5, linger=LINGER)
        if arrivals:
            self._store(arrivals)
        if time.monotonic() >= self._silence_due:
            self._silence_due = time.monotonic() + SILENCE_EVERY
            self._look_for_silence()

    def drain(self) -> None:
        """Store what has arrived already, as long as the database takes it at once."""
        while arrivals := self._inbox.take(most=BATCH, wait=0, linger=0):
            try:
                self._write(arrivals)
            except DATABASE_IS_AWAY:
                return  # not acknowledged: the broker keeps it

    def close(self) -> None:
        """Leave the broker, which goes on queueing for this session."""
        until = time.monotonic() + FAREWELL
        while self._client.is_connected() and self._client.want_write() and time.monotonic() < until:
            time.sleep(0.01)
        self._client.disconnect()
        self._client.loop_stop()

    def _store(self, arrivals: list[Arrival]) -> None:
        """Write until the database takes it; meanwhile nothing is acknowledged and the inbox fills up."""
        pause = 0.25
        while True:
            try:
                self._write(arrivals)
            except DATABASE_IS_AWAY as error:
                if self._counters.waits_for_database % 10 == 0:
                    log.warning("The database does not take readings, the broker keeps them: %s", error)
                self._counters.waits_for_database += 1
                connection.close()
                if self._stop.wait(pause):
                    return
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                return

    def _write(self, arrivals: list[Arrival]) -> None:
        write(arrivals, received_at=datetime.now(UTC), counters=self._counters)
        current = self._connection
        self._client.acknowledge(
            arrival.delivery.mid
            for arrival in arrivals
            if arrival.delivery.mid and arrival.connection == current
        )

    def _look_for_silence(self) -> None:
        try:
            mark_silent(at=datetime.now(UTC))
        except DatabaseError as error:
            log.warning("Silent devices could not be looked for: %s", error)
            connection.close()

    # --- called in paho's thread ---

    def _deliver(self, delivery: Delivery) -> None:
        self._inbox.put(delivery, connection=self._connection)

    def _on_connect(self, client: Any, userdata: Any, flags: Any, reason: Any, properties: Any) -> None:
        if reason.is_failure:
            log.error("The MQTT broker refuses the ingest: %s", reason)
            return
        log.info(
            "Ingest is connected; the broker %s its session", "kept" if flags.session_present else "made"
        )
        self._client.subscribe([(topic, 1) for topic in TOPICS])

    def _on_subscribe(self, *arguments: Any) -> None:
        self._ready.set()

    def _on_disconnect(self, client: Any, userdata: Any, flags: Any, reason: Any, properties: Any) -> None:
        self._connection += 1
        if not self._stop.is_set():
            self._counters.reconnects += 1
            log.warning("Ingest lost the MQTT broker (%s), connecting again", reason)
