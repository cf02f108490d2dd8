"""Stand-ins for the live stream tests: a base without a database, and sockets that can be full."""

import asyncio
import json
from typing import Any

from asgiref.testing import ApplicationCommunicator
from channels.routing import URLRouter

from telemetry.live.frames import Frame, parse
from telemetry.live.routing import websocket_urlpatterns
from telemetry.queries import UnknownBase

BASE = "zhangjiahe"


def state(base: str) -> dict[str, Any]:
    """Return the snapshot of the only base there is."""
    if base != BASE:
        raise UnknownBase(base)
    return {"type": "snapshot", "base": base, "at": "2026-11-22T08:00:00Z", "devices": []}


def reading(number: float, *, device: str = "ZJH-01", metric: str = "pm25") -> Frame:
    return parse(BASE, f'{{"type":"reading","device":"{device}","at":"x","values":{{"{metric}":{number}}}}}')


def numbers(texts: list[str]) -> list[float]:
    """Return the values of readings, in order; snapshots are -1."""
    frames = [json.loads(text) for text in texts]
    return [next(iter(frame["values"].values())) if "values" in frame else -1 for frame in frames]


class Socket:
    """An ASGI send that can be told to be full, or gone."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.room = asyncio.Event()
        self.room.set()
        self.error: Exception | None = None

    async def send(self, message: dict[str, Any]) -> None:
        await self.room.wait()
        if self.error:
            raise self.error
        self.texts.append(message.get("text") or message["body"].decode())


class Visitor(ApplicationCommunicator):
    """A websocket of our routes, spoken to in ASGI messages (Channels' own wants Daphne)."""

    def __init__(self, path: str = f"/ws/bases/{BASE}/", *, origin: str | None = None) -> None:
        headers = [(b"origin", origin.encode())] if origin else []
        scope = {
            "type": "websocket",
            "path": path,
            "headers": headers,
            "query_string": b"",
            "subprotocols": [],
        }
        super().__init__(URLRouter(websocket_urlpatterns), scope)

    async def connect(self) -> bool:
        """Open; return whether we were let in."""
        await self.send_input({"type": "websocket.connect"})
        return (await self.receive_output())["type"] == "websocket.accept"

    async def hear(self) -> str:
        """Return the next frame."""
        message = await self.receive_output(timeout=5)
        assert message["type"] == "websocket.send", message
        return message["text"]

    async def say(self, **what: Any) -> None:
        """Send a frame."""
        await self.send_input({"type": "websocket.receive", **what})

    async def leave(self) -> None:
        """Hang up."""
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait()
