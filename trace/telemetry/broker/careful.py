"""amqtt 0.12 made careful: it reads within bounds and keeps what it acknowledged.

As it comes, amqtt reads any length a client announces; drops what it acknowledged to a device that then
disconnects; and drops what a subscriber has not acknowledged after five seconds or when it goes away.
"""

import asyncio
import logging
from asyncio import StreamReader, StreamWriter
from typing import Any

from amqtt.adapters import StreamReaderAdapter, StreamWriterAdapter
from amqtt.broker import Broker, RetainedApplicationMessage
from amqtt.errors import AMQTTError
from amqtt.mqtt.protocol.broker_handler import BrokerProtocolHandler
from amqtt.session import ApplicationMessage, Session

LARGEST_READ = 1_048_576  # bytes of one packet; who announces more is dropped

log = logging.getLogger(__name__)


class CarefulBroker(Broker):
    """A broker that reads within bounds and loses nothing it acknowledged while it runs."""

    async def stream_connected(self, reader: StreamReader, writer: StreamWriter, listener_name: str) -> None:
        """Serve one connection with a bounded reader."""
        bounded = _BoundedReader(reader, writer)
        try:
            await self._client_connected(listener_name, bounded, StreamWriterAdapter(writer))
        except (OSError, EOFError) as error:
            log.debug("A connection ended: %s", error)

    async def _client_message_loop(self, client_session: Session, handler: BrokerProtocolHandler) -> None:
        """Note each message that is taken for delivery until it is delivered, see `_handle_disconnect`."""
        taken: list[ApplicationMessage] = []
        take = handler.mqtt_deliver_next_message

        async def take_and_note() -> ApplicationMessage | None:
            message = await take()
            if message is not None:
                taken.append(message)
            return message

        handler.taken, handler.mqtt_deliver_next_message = taken, take_and_note
        await super()._client_message_loop(client_session, handler)

    async def _handle_message_delivery(
        self, client_session: Session, handler: BrokerProtocolHandler, wait_deliver: Any
    ) -> bool:
        message = wait_deliver.result()
        handler.taken[:] = [taken for taken in handler.taken if taken is not message]
        return await super()._handle_message_delivery(client_session, handler, wait_deliver)

    async def _handle_disconnect(
        self, client_session: Session, handler: BrokerProtocolHandler, disconnect_waiter: Any
    ) -> None:
        """Deliver what was acknowledged and not delivered yet, before the last will."""
        await asyncio.sleep(0)
        queue = client_session.delivered_message_queue
        left = [*handler.taken, *(queue.get_nowait() for _ in range(queue.qsize()))]
        for message in left:
            delivered: asyncio.Future[ApplicationMessage] = asyncio.Future()
            delivered.set_result(message)
            await self._handle_message_delivery(client_session, handler, delivered)
        await super()._handle_disconnect(client_session, handler, disconnect_waiter)

    def _get_handler(self, session: Session) -> Any:
        handler = super()._get_handler(session)
        return handler and _PatientDelivery(self, session)

    def handler_of(self, session: Session) -> BrokerProtocolHandler | None:
        """Return the handler of the session's present connection, None when it has none."""
        return super()._get_handler(session) if session.transitions.state == "connected" else None


class _PatientDelivery:
    """Publishes to a subscriber until it acknowledges; keeps the message for its return when it is gone."""

    def __init__(self, broker: CarefulBroker, session: Session) -> None:
        self._broker = broker
        self._session = session

    async def mqtt_publish(self, topic: str, data: bytes, qos: int | None, retain: bool) -> None:
        """Publish as amqtt's handler does, again after each time-out."""
        while handler := self._broker.handler_of(self._session):
            try:
                await handler.mqtt_publish(topic, data, qos, retain=retain)
            except TimeoutError:
                continue
            except (asyncio.CancelledError, OSError, AMQTTError):
                if self._broker.handler_of(self._session) is handler:
                    break  # it is being stopped
            else:
                return
        if qos and not self._session.clean_session:
            kept = RetainedApplicationMessage(None, topic, data, qos)
            await self._session.retained_messages.put(kept)


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
