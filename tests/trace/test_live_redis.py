"""Between processes frames go through Redis; when it goes away everybody is brought up to date again."""

import asyncio
import contextlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from telemetry.live import lifespan, publish, subscription
from telemetry.live.hub import Hub
from telemetry.live.viewer import Viewer
from tests.trace.live_doubles import BASE, Socket, numbers, reading, state

REDIS_URL = os.environ.get("REDIS_URL", "")
ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.services,
    pytest.mark.skipif(not REDIS_URL, reason="REDIS_URL is not set"),
]

ELSEWHERE = """
import django
django.setup()
from telemetry.live.publish import publish
publish([("{base}", '{text}')])
"""


class Cable:
    """A way to Redis that can be cut and mended."""

    def __init__(self):
        self._pipes = set()

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}{urlsplit(REDIS_URL).path}"

    async def mend(self, port=0):
        self._server = await asyncio.start_server(self._join, "127.0.0.1", port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self):
        self._server.close()
        for writer in self._pipes:
            writer.transport.abort()
        self._pipes.clear()

    async def _join(self, reader, writer):
        parts = urlsplit(REDIS_URL)
        there, back = await asyncio.open_connection(parts.hostname, parts.port)
        self._pipes |= {writer, back}
        with contextlib.suppress(OSError):
            await asyncio.gather(self._copy(reader, back), self._copy(there, writer))

    async def _copy(self, reader, writer):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
        writer.close()


@pytest_asyncio.fixture
async def cable(settings, monkeypatch):
    cable = Cable()
    await cable.mend()
    settings.REDIS_URL = cable.url
    monkeypatch.setattr(publish, "_links", {})
    yield cable
    await cable.cut()


@pytest_asyncio.fixture
async def hub(cable):
    hub = await lifespan.start(source=state)
    yield hub
    await lifespan.stop()


async def join(hub: Hub) -> Socket:
    socket = Socket()
    await hub.join(BASE, Viewer(socket.send, on_gone=lambda: None))
    return socket


async def until(condition, *, seconds=10):
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


async def say(number):
    frame = reading(number)
    await asyncio.to_thread(publish.publish, [(BASE, frame.websocket["text"])])


async def heard(socket, number):
    """Publish until it is heard: the subscription may still be on its way."""
    async with asyncio.timeout(10):
        while number not in numbers(socket.texts):
            await say(number)
            await asyncio.sleep(0.05)


async def test_what_another_process_publishes_is_heard_here(hub, cable):
    socket = await join(hub)
    await heard(socket, 1)
    code = ELSEWHERE.format(base=BASE, text=reading(2).websocket["text"])
    environment = {
        **os.environ,
        "REDIS_URL": cable.url,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}:{ROOT / 'trace'}",
    }
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    await asyncio.to_thread(subprocess.run, [sys.executable, "-c", code], env=environment, check=True)
    await until(lambda: 2 in numbers(socket.texts))


async def test_after_an_outage_viewers_get_a_snapshot_and_readings_go_on(hub, cable, monkeypatch):
    monkeypatch.setattr(publish, "QUIET", 0.1)
    socket = await join(hub)
    await heard(socket, 1)
    await cable.cut()
    await say(2)  # lost
    socket.texts.clear()
    await cable.mend(cable.port)
    await until(lambda: -1 in numbers(socket.texts))
    await heard(socket, 3)
    assert 2 not in numbers(socket.texts)


async def test_while_redis_is_away_viewers_get_snapshots_from_the_database(hub, cable, monkeypatch):
    monkeypatch.setattr(subscription, "SLOWEST", 0.3)
    socket = await join(hub)
    await heard(socket, 1)
    await cable.cut()
    socket.texts.clear()
    await until(lambda: numbers(socket.texts).count(-1) >= 3)


async def test_a_publisher_that_lost_frames_says_so_when_it_is_back(hub, cable, monkeypatch):
    monkeypatch.setattr(publish, "QUIET", 0.1)
    socket = await join(hub)
    await heard(socket, 1)
    link = publish._link(cable.url)
    link._lost = True
    socket.texts.clear()
    await say(2)
    await until(lambda: {-1, 2} <= set(numbers(socket.texts)))
    assert not link._lost


async def test_what_is_no_frame_on_the_channel_is_passed_over(hub, cable):
    socket = await join(hub)
    await heard(socket, 1)
    link = publish._link(cable.url)
    await asyncio.to_thread(link._client.publish, link._channel, b"\xff junk")
    await heard(socket, 2)
