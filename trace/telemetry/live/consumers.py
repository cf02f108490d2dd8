"""The websocket of a base, `/ws/bases/<slug>/`: it talks; what is said to it is ignored, within limits."""

import asyncio
import logging
from typing import Any

from channels.consumer import get_handler_name
from channels.generic.websocket import AsyncWebsocketConsumer

from telemetry import queries
from telemetry.live import lifespan
from telemetry.live.hub import Full
from telemetry.live.origins import is_welcome
from telemetry.live.protocol import EXTENSION
from telemetry.live.viewer import Viewer

log = logging.getLogger(__name__)

# Close codes: 4404 is ours (interface), the others are RFC 6455's.
UNKNOWN_BASE, TRY_LATER, TOO_BIG, UNWANTED = 4404, 1013, 1009, 1008
# What a viewer may say in all: our page says nothing, a curious program may say a few words.
MOST_MESSAGES, MOST_BYTES = 16, 4096


class LiveConsumer(AsyncWebsocketConsumer):
    """One viewer of one base."""

    # No such layer exists, so Channels makes no channel and no task for this connection: the hub tells us.
    channel_layer_alias = "none"

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Run until the viewer leaves or the hub gives it up."""
        self._running = asyncio.current_task()
        self._given_up = False
        self._messages = 0
        self._shortcut: dict[str, Any] = scope.get("extensions", {}).get(EXTENSION, {})
        self._viewer: Viewer | None = None
        self._slug: str = scope["url_route"]["kwargs"]["slug"]
        try:
            await super().__call__(scope, receive, send)
        except asyncio.CancelledError:
            if not self._given_up:
                raise
            self._shortcut.get("abort", _nothing)()
        finally:
            self._leave()

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Call the handler of `message`; Channels would tend database connections, but none is used here."""
        await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        """Accept, so that the browser learns the close code if there is one, and join the hub."""
        if not is_welcome(self.scope):
            await self.close()
            return
        await self.accept()
        self._viewer = Viewer(self.base_send, on_gone=self._give_up, write=self._shortcut.get("write"))
        self._hub = await lifespan.start()
        try:
            await self._hub.join(self._slug, self._viewer)
        except queries.UnknownBase:
            await self.close(UNKNOWN_BASE)
        except Full:
            await self.close(TRY_LATER, "full")
        except Exception as error:  # the database; one line, because everybody comes back and asks again
            log.warning("No snapshot of %s for a new viewer: %r", self._slug, error)
            await self.close(TRY_LATER)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Ignore what is said; hang up on a viewer who says too much."""
        self._messages += 1
        if len(text_data or bytes_data or "") > MOST_BYTES:
            await self._hang_up(TOO_BIG)
        elif self._messages > MOST_MESSAGES:
            await self._hang_up(UNWANTED)

    async def _hang_up(self, code: int) -> None:
        if self._viewer is not None:
            self._leave()
            await self.close(code)

    def _leave(self) -> None:
        if self._viewer is not None:
            self._hub.leave(self._slug, self._viewer)
            self._viewer = None

    def _give_up(self) -> None:
        self._given_up = True
        if self._running is not None:
            self._running.cancel()


def _nothing() -> None:
    """Leave it to the server to end the connection."""


class Nowhere(AsyncWebsocketConsumer):
    """Refuses a websocket at any other address."""

    channel_layer_alias = "none"

    async def connect(self) -> None:
        """Refuse."""
        await self.close()
