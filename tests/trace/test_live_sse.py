"""Server-sent events carry the same frames as the websocket."""

import asyncio

import pytest
import pytest_asyncio
from asgiref.testing import ApplicationCommunicator

from telemetry.live import lifespan, sse
from tests.trace.live_doubles import BASE, reading, state

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def live(settings):
    settings.REDIS_URL = ""
    yield await lifespan.start(source=state)
    await lifespan.stop()


def request(path=f"/bases/{BASE}/live/", method="GET"):
    scope = {"type": "http", "method": method, "path": path, "headers": [], "query_string": b""}
    visitor = ApplicationCommunicator(sse.application, scope)
    return visitor


async def test_a_stream_starts_with_the_snapshot_and_goes_on(live):
    visitor = request()
    start = await visitor.receive_output()
    assert start["status"] == 200
    assert dict(start["headers"])[b"content-type"] == b"text/event-stream; charset=utf-8"
    assert dict(start["headers"])[b"cache-control"] == b"no-store"
    assert (await visitor.receive_output())["body"].startswith(b"retry: ")
    assert (await visitor.receive_output())["body"].startswith(b'data: {"type":"snapshot"')
    live.offer([reading(1)])
    assert await visitor.receive_output() == reading(1).sse
    await visitor.send_input({"type": "http.disconnect"})
    await visitor.wait()
    assert len(live) == 0


async def test_an_unknown_base_is_not_found(live):
    visitor = request("/bases/nowhere/live/")
    assert (await visitor.receive_output())["status"] == 404
    assert len(live) == 0


async def test_a_full_house_asks_to_come_back(live, monkeypatch):
    monkeypatch.setattr(live, "_most_viewers", 0)
    start = await request().receive_output()
    assert start["status"] == 503
    assert (b"retry-after", b"30") in start["headers"]


async def test_head_answers_without_a_stream(live):
    visitor = request(method="HEAD")
    assert (await visitor.receive_output())["status"] == 200
    assert await visitor.receive_output() == {"type": "http.response.body", "body": b""}
    await visitor.wait()
    assert len(live) == 0


async def test_other_methods_are_refused(live):
    assert (await request(method="POST").receive_output())["status"] == 405


async def test_a_silent_stream_shows_that_it_lives(live, monkeypatch):
    await lifespan.stop()
    monkeypatch.setattr(lifespan, "HEARTBEAT", 0.01)
    await lifespan.start(source=state)
    visitor = request()
    bodies = [(await visitor.receive_output()).get("body") for _ in range(4)]
    assert bodies[3] == b":\n\n"
    await visitor.send_input({"type": "http.disconnect"})
    await visitor.wait()


async def test_streams_end_when_the_server_stops(live):
    visitor = request()
    for _ in range(3):
        await visitor.receive_output()
    await lifespan.stop()
    assert (await visitor.receive_output()) == {"type": "http.response.body", "body": b""}
    await asyncio.wait_for(visitor.wait(), 1)


@pytest.mark.parametrize(
    ("path", "ours"),
    [
        (f"/bases/{BASE}/live/", True),
        (f"/en/bases/{BASE}/live/", True),
        (f"/bases/{BASE}/", False),
        ("/bases/a/b/live/", False),
    ],
)
async def test_only_addresses_of_streams_are_taken(path, ours):
    assert sse.handles(path) is ours
