"""Publishing never fails the one who stored a reading, and never makes them wait long."""

import socket
import time
from datetime import UTC, datetime

import pytest

from telemetry.live import counters, frames, publish

READING = frames.reading(device="ZJH-01", at=datetime(2026, 11, 22, tzinfo=UTC), values={"pm25": 1})


@pytest.fixture(autouse=True)
def no_links(monkeypatch):
    monkeypatch.setattr(publish, "_links", {})


def counted(name):
    return counters.read().get(name, 0)


def test_without_a_server_in_this_process_frames_are_counted_and_forgotten(settings):
    settings.REDIS_URL = ""
    before = counted("live_without_hub")
    publish.publish([("zhangjiahe", READING)])
    assert counted("live_without_hub") == before + 1


def test_nothing_to_say_says_nothing(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    publish.publish([])
    assert publish._links == {}


def test_a_redis_that_is_away_costs_little_and_then_nothing(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    before = counted("live_lost_on_the_way")
    began = time.monotonic()
    for _ in range(100):
        publish.publish([("zhangjiahe", READING)])
    assert time.monotonic() - began < 2 * publish.TIMEOUT
    assert counted("live_lost_on_the_way") == before + 100


def test_a_redis_that_does_not_answer_is_not_waited_for(settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.REDIS_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        began = time.monotonic()
        for _ in range(5):
            publish.publish([("zhangjiahe", READING)])
        assert time.monotonic() - began < 3 * publish.TIMEOUT


@pytest.mark.parametrize("frame", ["no json", b"\xff", '{"type":1}'])
def test_what_is_no_frame_is_not_sent_and_fails_nobody(settings, frame):
    settings.REDIS_URL = ""
    before = counted("live_lost_on_the_way")
    publish.publish([("zhangjiahe", frame)])
    assert counted("live_lost_on_the_way") == before + 1
