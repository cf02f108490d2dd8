"""The websocket of a base: what it says, whom it refuses, and how it takes junk."""

import asyncio
import json
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from telemetry.ingest.inbound import Inbound
from telemetry.ingest.store import store
from telemetry.live import frames, lifespan, publish
from tests.factories.telemetry import DeviceFactory
from tests.trace.live_doubles import BASE, Visitor, state

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def live(settings):
    settings.REDIS_URL = ""
    yield await lifespan.start(source=state)
    await lifespan.stop()


async def test_a_viewer_gets_the_snapshot_and_then_what_is_published(live):
    viewer = Visitor()
    assert await viewer.connect()
    assert json.loads(await viewer.hear()) == state(BASE)
    reading = frames.reading(device="ZJH-01", at=datetime.now(UTC), values={"pm25": 12.3})
    publish.publish([(BASE, reading)])
    assert await viewer.hear() == reading
    assert len(live) == 1
    await viewer.leave()
    assert len(live) == 0


async def test_an_unknown_base_closes_with_4404(live):
    viewer = Visitor("/ws/bases/nowhere/")
    assert await viewer.connect()
    assert await viewer.receive_output() == {"type": "websocket.close", "code": 4404}
    assert len(live) == 0


async def test_a_full_house_asks_to_come_back(live, monkeypatch):
    monkeypatch.setattr(live, "_most_viewers", 0)
    viewer = Visitor()
    await viewer.connect()
    assert (await viewer.receive_output())["code"] == 1013


async def test_a_database_that_fails_asks_to_come_back(live, monkeypatch):
    def fail(base):
        raise RuntimeError("no database")

    monkeypatch.setattr(live, "_source", fail)
    viewer = Visitor()
    await viewer.connect()
    assert (await viewer.receive_output())["code"] == 1013
    assert len(live) == 0


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "https://evil-localhost", "http://[broken"]
)
async def test_pages_of_others_are_refused(live, origin):
    assert not await Visitor(origin=origin).connect()
    assert len(live) == 0


@pytest.mark.parametrize("origin", ["http://lucheng.localhost:8000", "http://127.0.0.1:8000", None])
async def test_our_pages_and_programs_are_welcome(live, origin):
    viewer = Visitor(origin=origin)
    assert await viewer.connect()
    await viewer.leave()


async def test_another_address_is_refused(live):
    assert not await Visitor("/ws/elsewhere/").connect()


async def test_a_few_words_are_ignored(live):
    viewer = Visitor()
    await viewer.connect()
    await viewer.hear()
    await viewer.say(text="hello")
    await viewer.say(bytes=b"\x00")
    assert await viewer.receive_nothing()
    assert len(live) == 1
    await viewer.leave()


async def test_a_long_message_is_too_big(live):
    viewer = Visitor()
    await viewer.connect()
    await viewer.hear()
    await viewer.say(text="x" * 10_000_000)
    assert await viewer.receive_output() == {"type": "websocket.close", "code": 1009}
    assert len(live) == 0


async def test_many_short_messages_are_unwanted(live):
    viewer = Visitor()
    await viewer.connect()
    await viewer.hear()
    for _ in range(100):
        await viewer.say(text="x")
    assert await viewer.receive_output() == {"type": "websocket.close", "code": 1008}
    assert await viewer.receive_nothing()
    assert len(live) == 0


async def test_viewers_are_let_go_when_the_server_stops(live):
    viewer = Visitor()
    await viewer.connect()
    await lifespan.stop()
    await viewer.wait(timeout=1)
    assert lifespan.hub() is None


@pytest.mark.django_db(transaction=True)
async def test_a_stored_reading_reaches_the_viewer(settings):
    settings.REDIS_URL = ""
    device = await asyncio.to_thread(DeviceFactory, device_id="ZJH-01", online=True)
    await lifespan.start()
    viewer = Visitor()
    await viewer.connect()
    snapshot = json.loads(await viewer.hear())
    assert snapshot["devices"][0]["id"] == device.device_id
    now = datetime.now(UTC).replace(microsecond=0)
    message = Inbound("ZJH-01", now, {"pm25": 12.5})
    await asyncio.to_thread(store, [message], received_at=now)
    frame = json.loads(await viewer.hear())
    while frame["type"] != "reading":
        frame = json.loads(await viewer.hear())
    assert frame["values"] == {"pm25": 12.5}
    later = Visitor()
    await later.connect()
    await viewer.leave()
    assert json.loads(await later.hear())["type"] == "snapshot"
    await later.leave()
    await lifespan.stop()
