"""Server-sent events of a base, `/bases/<slug>/live/`: the frames without websockets."""

import asyncio
import contextlib
import logging
import re
from typing import Any

from telemetry import queries
from telemetry.live import lifespan
from telemetry.live.hub import Full
from telemetry.live.viewer import Viewer

log = logging.getLogger(__name__)

_PATH = re.compile(r"^(?:/en)?/bases/(?P<slug>[^/]{1,100})/live/?$")
_STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx passes events on at once
]
_PLAIN = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
# Milliseconds after which a browser comes back; its own choice is 3 to 5 seconds.
_RETRY = {"type": "http.response.body", "body": b"retry: 4000\n\n", "more_body": True}


def handles(path: str) -> bool:
    """Return whether `path` is an event stream, for whoever routes between applications."""
    return _PATH.match(path) is not None


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answer one request for an event stream (ASGI)."""
    found = _PATH.match(scope["path"])
    if found is None:
        await _answer(send, 404, "There is nothing here.")
    elif scope["method"] not in {"GET", "HEAD"}:
        await _answer(send, 405, "Only GET and HEAD.", (b"allow", b"GET, HEAD"))
    else:
        await _Stream(found["slug"], receive, send).run(head=scope["method"] == "HEAD")


async def _answer(send: Any, status: int, text: str, *headers: tuple[bytes, bytes]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [*_PLAIN, *headers]})
    await send({"type": "http.response.body", "body": f"{text}\n".encode()})


class _Stream:
    """One event stream to one viewer."""

    def __init__(self, slug: str, receive: Any, send: Any) -> None:
        self._slug = slug
        self._receive = receive
        self._send = send
        self._started = False
        self._running = asyncio.current_task()
        self._given_up = False

    async def run(self, *, head: bool) -> None:
        """Join the hub before the first byte, so that an unknown base is still answered with a status."""
        hub = await lifespan.start()
        viewer = Viewer(_into_nothing if head else self._send_event, on_gone=self._give_up, sse=True)
        try:
            await hub.join(self._slug, viewer)
            await (self._end() if head else self._until_disconnect())
        except queries.UnknownBase:
            await _answer(self._send, 404, "No such base.")
        except Full:
            await self._refuse("Too many viewers, please come back.")
        except Exception as error:  # the database
            log.warning("No snapshot of %s for a new viewer: %r", self._slug, error)
            await self._refuse("No readings at the moment, please come back.")
        except asyncio.CancelledError:
            if not self._given_up:
                raise
            with contextlib.suppress(TimeoutError):  # a viewer that never reads does not hear the end either
                await asyncio.wait_for(self._end(), 1)
        finally:
            hub.leave(self._slug, viewer)

    async def _refuse(self, why: str) -> None:
        if not self._started:
            await _answer(self._send, 503, why, (b"retry-after", b"30"))

    async def _send_event(self, message: dict[str, Any]) -> None:
        if not self._started:
            await self._start()
            await self._send(_RETRY)
        await self._send(message)

    async def _start(self) -> None:
        self._started = True
        await self._send({"type": "http.response.start", "status": 200, "headers": _STREAM})

    async def _end(self) -> None:
        if not self._started:
            await self._start()
        await self._send({"type": "http.response.body", "body": b""})

    async def _until_disconnect(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass

    def _give_up(self) -> None:
        self._given_up = True
        if self._running is not None:
            self._running.cancel()


async def _into_nothing(message: dict[str, Any]) -> None:
    """Send nothing: a HEAD only asks whether there is a stream."""
