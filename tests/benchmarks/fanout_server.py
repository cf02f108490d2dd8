"""The servers of the fan-out benchmark, one process each: a bare `websockets` broadcast, and our live stream.

Usage: fanout_server.py IMPLEMENTATION [SEND_BUFFER], the first being `bare` or a name as of `uvicorn --ws`,
the second the bytes the kernel may keep for a viewer. Prints its port, then obeys lines of JSON.
"""

import asyncio
import json
import os
import socket
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[1:1] = [str(ROOT), str(ROOT / "site"), str(ROOT / "trace")]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ["REDIS_URL"] = ""

BASE = "zhangjiahe"
VALUES = {
    "pm25": 12.5, "pm10": 44.5, "tsp": 86.5, "noise": 43.5, "temperature": 16.4, "humidity": 58.5,
    "pressure": 912.5, "wind_speed": 4.5, "wind_direction": 315, "wind_force": 3,
}  # fmt: skip

Send = Callable[[str], Awaitable[None]]


def frame(pad: int) -> str:
    """Return a reading of now; all have one length, so that a client can count by bytes."""
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    head = {"type": "reading", "device": "ZJH-01", "at": at, "values": VALUES}
    return json.dumps({**head, "pad": "x" * pad} if pad else head, separators=(",", ":"))


async def obey(port: int, send: Send, counts: Callable[[], dict[str, int]]) -> None:
    """Do what standard input says until it ends: send so many frames, so many a second, 0 being at once."""
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    print(json.dumps({"port": port}), flush=True)
    while line := await lines.readline():
        order = json.loads(line)
        for _ in range(order["frames"]):
            await send(frame(order.get("pad", 0)))
            await asyncio.sleep(1 / order["rate"] if order["rate"] else 0)
        print(json.dumps(counts()), flush=True)


def listening() -> socket.socket:
    """Return a socket on a free port of loopback."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    if len(sys.argv) > 2:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, int(sys.argv[2]))
    listener.setblocking(False)
    return listener


async def bare() -> None:
    """Serve the peer: the fastest thing `websockets` has, without any care for slow readers."""
    from websockets.asyncio.server import broadcast, serve

    listener, connections = listening(), set()

    async def handler(connection: Any) -> None:
        connections.add(connection)
        await connection.wait_closed()
        connections.discard(connection)

    async def send(text: str) -> None:
        broadcast(connections, text)

    async with serve(handler, sock=listener, compression=None, ping_interval=None):
        await obey(listener.getsockname()[1], send, dict)


async def ours(ws: str) -> None:
    """Serve our consumers on uvicorn with that websocket implementation."""
    import django
    import uvicorn

    django.setup()
    from channels.routing import URLRouter

    from telemetry.live import counters, lifespan, publish, routing

    empty = {"type": "snapshot", "base": BASE, "at": "2026-11-22T08:00:00Z", "devices": []}
    hub = await lifespan.start(source=lambda base: empty)
    listener = listening()

    async def send(text: str) -> None:
        publish.publish([(BASE, text)])
        await asyncio.sleep(0)
        await hub.settled()

    application = URLRouter(routing.websocket_urlpatterns)
    config = uvicorn.Config(
        application,
        ws=ws,
        ws_per_message_deflate=False,
        ws_ping_interval=None,  # the viewers only read
        log_level="error",
        lifespan="off",
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    await obey(listener.getsockname()[1], send, counters.read)
    server.should_exit = True
    await serving


if __name__ == "__main__":
    import uvloop

    kind = sys.argv[1]
    uvloop.run(bare() if kind == "bare" else ours(kind))
