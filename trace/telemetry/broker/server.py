"""amqtt as a part of our own process. It speaks MQTT 3.1.1 and forgets everything when it stops."""

import asyncio
import logging
from threading import Event

from telemetry.broker.careful import CarefulBroker
from telemetry.broker.expulsion import Expulsion

SESSION_KEPT = 86_400  # s
_AUTH = "telemetry.broker.plugins.DeviceAuthPlugin"
_TOPICS = "telemetry.broker.plugins.DeviceTopicPlugin"


class EmbeddedBroker:
    """A broker on `host` and `port`, to be started and stopped in a running event loop."""

    def __init__(self, *, host: str, port: int, ingest_password: str) -> None:
        self._config = {
            "listeners": {"default": {"type": "tcp", "bind": f"{host}:{port}"}},
            "session_expiry_interval": SESSION_KEPT,
            "plugins": {_AUTH: {"ingest_password": ingest_password}, _TOPICS: {}},
        }
        self._broker: CarefulBroker | None = None
        self._expulsion: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen.

        Raises:
            amqtt.errors.BrokerError: the port is taken.
        """
        for name in ("amqtt", "transitions"):  # they report every wrong password as an error of theirs
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._broker = CarefulBroker(self._config)
        await self._broker.start()
        self._expulsion = asyncio.create_task(Expulsion(self._broker).run())

    async def stop(self) -> None:
        """Stop listening and drop everybody."""
        if self._expulsion is not None:
            self._expulsion.cancel()
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
