"""The live stream on a real server: junk, viewers that never read, and stopping."""

import asyncio
import contextlib
import socket

import pytest
import pytest_asyncio
import uvicorn
from channels.routing import ProtocolTypeRouter, URLRouter
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from telemetry.live import counters, lifespan, sse
from telemetry.live.protocol import LiveProtocol
from telemetry.live.routing import websocket_urlpatterns
from tests.trace.live_doubles import BASE, numbers, reading, state

pytestmark = pytest.mark.asyncio
LARGEST = 65_536


@pytest_asyncio.fixture(params=[LiveProtocol, "websockets-sansio"], ids=["ours", "plain"])
async def server(request, monkeypatch, settings):
    """Serve on a free port, with little patience and small socket buffers."""
    monkeypatch.setattr(lifespan, "STUCK", 0.4)
    settings.REDIS_URL = ""
    await lifespan.start(source=state)
    listener = socket.create_server(("127.0.0.1", 0), backlog=1000)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8192)
    app = ProtocolTypeRouter({"websocket": URLRouter(websocket_urlpatterns), "http": sse.application})
    config = uvicorn.Config(
        app,
        ws=request.param,
        ws_per_message_deflate=False,
        ws_max_size=LARGEST,
        lifespan="off",
        log_level="error",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    yield f"127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    await asyncio.wait_for(serving, 10)
    await lifespan.stop()


@contextlib.asynccontextmanager
async def viewer(server):
    async with connect(f"ws://{server}/ws/bases/{BASE}/", max_size=None) as socket:
        assert numbers([await socket.recv()]) == [-1]
        yield socket


async def sleeper(server, request):
    """Return a connection that asks and never reads."""
    host, port = server.split(":")
    sleeping = socket.socket()
    sleeping.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    sleeping.setblocking(False)
    await asyncio.get_running_loop().sock_connect(sleeping, (host, int(port)))
    await asyncio.get_running_loop().sock_sendall(sleeping, request.encode())
    return sleeping


UPGRADE = (
    f"GET /ws/bases/{BASE}/ HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
STREAM = f"GET /bases/{BASE}/live/ HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def until(condition, *, seconds=5):
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("size", [10_000_000, LARGEST + 1, 5000])
async def test_junk_is_answered_with_1009_and_harms_nobody(server, size):
    async with viewer(server) as other, viewer(server) as vandal:
        with contextlib.suppress(ConnectionClosed):
            await vandal.send(b"x" * size)
        await asyncio.wait_for(vandal.wait_closed(), 10)
        assert vandal.close_code == 1009
        lifespan.hub().offer([reading(1)])
        assert numbers([await other.recv()]) == [1]
        await until(lambda: len(lifespan.hub()) == 1)


async def test_many_small_messages_end_with_1008(server):
    async with viewer(server) as vandal:
        with contextlib.suppress(ConnectionClosed):
            for _ in range(5000):
                await vandal.send("x")
        await asyncio.wait_for(vandal.wait_closed(), 10)
        assert vandal.close_code == 1008


async def test_broken_text_is_answered_with_1007(server):
    async with viewer(server) as vandal:
        with contextlib.suppress(ConnectionClosed):
            await vandal.send(b"\xff\xfe", text=True)
        await asyncio.wait_for(vandal.wait_closed(), 10)
        assert vandal.close_code == 1007


@pytest.mark.parametrize("request_of_sleeper", [UPGRADE, STREAM], ids=["websocket", "events"])
async def test_a_viewer_that_never_reads_delays_nobody_and_is_dropped(server, request_of_sleeper):
    async with viewer(server) as other:
        with await sleeper(server, request_of_sleeper):
            await until(lambda: len(lifespan.hub()) == 2)
            dropped = counters.read().get("live_dropped_stuck", 0)
            large = "x" * 20_000
            for number in range(40):
                frame = reading(number, device=large)
                lifespan.hub().offer([frame])
                assert numbers([await asyncio.wait_for(other.recv(), 1)]) == [number]
            await until(lambda: len(lifespan.hub()) == 1)
            assert counters.read()["live_dropped_stuck"] == dropped + 1
        lifespan.hub().offer([reading(99)])
        assert numbers([await other.recv()]) == [99]


async def test_who_vanishes_is_forgotten(server):
    for request in (UPGRADE, STREAM):
        gone = await sleeper(server, request)
        await until(lambda: len(lifespan.hub()) == 1)
        gone.close()
        await until(lambda: len(lifespan.hub()) == 0)


async def test_a_hundred_viewers_hear_every_reading_in_order(server):
    async with contextlib.AsyncExitStack() as stack:
        viewers = [await stack.enter_async_context(viewer(server)) for _ in range(100)]
        for number in range(20):
            lifespan.hub().offer([reading(number)])
        for each in viewers:
            assert numbers([await each.recv() for _ in range(20)]) == list(range(20))
