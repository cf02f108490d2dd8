"""amqtt as a part of our own process. It speaks MQTT 3.1.1 and forgets everything when it stops."""

import asyncio
import logging
from asyncio import StreamReader, StreamWriter
from threading import Event

from amqtt.adapters import StreamReaderAdapter, StreamWriterAdapter
from amqtt.broker import Broker

LARGEST_READ = 1_048_576  # bytes of one packet; who announces more is dropped
SESSION_KEPT = 86_400  # s
_AUTH = "telemetry.broker.plugins.DeviceAuthPlugin"
_TOPICS = "telemetry.broker.plugins.DeviceTopicPlugin"

log = logging.getLogger(__name__)


class EmbeddedBroker:
    """A broker on `host` and `port`, to be started and stopped in a running event loop."""

    def __init__(self, *, host: str, port: int, ingest_password: str) -> None:
        self._config = {
            "listeners": {"default": {"type": "tcp", "bind": f"{host}:{port}"}},
            "session_expiry_interval": SESSION_KEPT,
            "plugins": {_AUTH: {"ingest_password": ingest_password}, _TOPICS: {}},
        }
        self._broker: Broker | None = None

    async def start(self) -> None:
        """Listen.

        Raises:
            amqtt.errors.BrokerError: the port is taken.
        """
        for name in ("amqtt", "transitions"):  # they report every wrong password as an error of theirs
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._broker = _BoundedBroker(self._config)
        await self._broker.start()

    async def stop(self) -> None:
        """Stop listening and drop everybody."""
        if self._broker is not None:
            await self._broker.shutdown()


def run_broker(
    *, host: str, port: int, ingest_password: str, stop: Event, ready: Event | None = None
) -> None:
    """Run a broker in this thread until `stop` is set; `ready` is set once it listens."""
    asyncio.run(_run(EmbeddedBroker(host=host, port=port, ingest_password=ingest_password), stop, ready))


async def _run(broker: EmbeddedBroker, stop: Event, ready: Event | None) -> None:
    await broker.start()
    if ready:
        ready.set()
    try:
        while not stop.is_set():
            await asyncio.sleep(0.1)
    finally:
        await broker.stop()


class _BoundedBroker(Broker):
    """A broker that nobody can make read without bound."""

    async def stream_connected(self, reader: StreamReader, writer: StreamWriter, listener_name: str) -> None:
        bounded = _BoundedReader(reader, writer)
        try:
            await self._client_connected(listener_name, bounded, StreamWriterAdapter(writer))
        except (OSError, EOFError) as error:
            log.debug("A connection ended: %s", error)


class _BoundedReader(StreamReaderAdapter):
    """Reads packets of up to `LARGEST_READ` bytes and hangs up on who announces more."""

    def __init__(self, reader: StreamReader, writer: StreamWriter) -> None:
        super().__init__(reader)
        self._transport = writer.transport

    async def read(self, n: int = -1) -> bytes:
        if n > LARGEST_READ:
            log.warning("A client announced %d bytes and was dropped", n)
            self._transport.abort()
            raise ConnectionResetError(f"{n} bytes announced")
        return await super().read(n)
