"""The frames of the live stream are exactly those of the interface."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from telemetry.live import frames, protocol, wire
from telemetry.live.frames import Frame, parse

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def test_a_reading_is_one_line_of_json_in_utc():
    local = AT.astimezone(timezone(timedelta(hours=8)))
    frame = frames.reading(device="ZJH-01", at=local, values={"pm25": 12.3, "wind_force": 3})
    assert frame == (
        '{"type":"reading","device":"ZJH-01","at":"2026-11-22T08:00:00Z","values":{"pm25":12.3,"wind_force":3}}'
    )


def test_a_device_that_goes_is_told_with_when_it_was_last_heard():
    frame = frames.status(device="ZJH-01", online=False, last_seen=AT)
    assert frame == ('{"type":"status","device":"ZJH-01","online":false,"last_seen":"2026-11-22T08:00:00Z"}')


def test_a_device_never_heard_has_no_last_time():
    assert json.loads(frames.status(device="N", online=False, last_seen=None))["last_seen"] is None


def test_a_snapshot_is_the_state_as_it_is():
    state = {"type": "snapshot", "base": "zhangjiahe", "at": "2026-11-22T08:00:00Z", "devices": []}
    assert json.loads(frames.snapshot("zhangjiahe", state).websocket["text"]) == state


def test_chinese_stays_readable():
    assert "张家河" in frames.reading(device="张家河", at=AT, values={})


def test_an_event_stream_carries_the_same_text():
    frame = Frame("zhangjiahe", "key", '{"type":"reading"}')
    assert frame.sse["body"] == b'data: {"type":"reading"}\n\n'


@pytest.mark.parametrize(
    ("earlier", "later", "replaces"),
    [
        ({"pm25": 1}, {"pm25": 2}, True),
        ({"pm25": 1, "tsp": 1}, {"tsp": 2, "pm25": 2}, True),
        ({"pm25": 1}, {"tsp": 2}, False),
    ],
)
def test_a_reading_replaces_one_with_the_same_metrics_only(earlier, later, replaces):
    first, second = (
        parse("b", frames.reading(device="D", at=AT, values=values)) for values in (earlier, later)
    )
    assert (first.key == second.key) is replaces


def test_a_status_never_replaces_a_reading():
    reading = parse("b", frames.reading(device="D", at=AT, values={}))
    status = parse("b", frames.status(device="D", online=False, last_seen=AT))
    assert reading.key != status.key


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_an_encoded_frame_is_what_the_websocket_library_would_send(size):
    from websockets.frames import Frame as TheirFrame
    from websockets.frames import Opcode

    text = b"x" * size
    assert protocol.encode(text) == TheirFrame(Opcode.TEXT, text).serialize(mask=False)


def test_a_batch_survives_the_way_between_processes():
    batch = [
        parse("zhangjiahe", frames.reading(device="甲\n乙", at=AT, values={"pm25": 1})),
        parse("yuanshang", frames.status(device="YSH-01", online=True, last_seen=AT)),
    ]
    received, lost = wire.unpack(wire.pack(batch))
    assert not lost
    assert [(frame.base, frame.key, frame.websocket) for frame in received] == [
        (frame.base, frame.key, frame.websocket) for frame in batch
    ]


def test_a_batch_can_say_that_some_were_lost_before_it():
    assert wire.unpack(wire.pack([], lost=True)) == ([], True)


@pytest.mark.parametrize("junk", [b"", b"no frame", b"\xff\xfe", b"base {}", b'base {"type":1}'])
def test_what_is_no_batch_is_a_value_error(junk):
    with pytest.raises(ValueError):
        wire.unpack(junk)


def test_deployments_on_one_redis_do_not_hear_each_other():
    assert wire.channel("redis://host:6379/0") != wire.channel("redis://host:6379/1")
    assert wire.channel("redis://host:6379") == wire.channel("redis://host:6379/0")
