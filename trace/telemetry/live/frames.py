"""Frames of the live stream: the exact JSON viewers get, encoded once for everybody."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from telemetry.live.protocol import encode
from telemetry.queries import iso

SNAPSHOT = "snapshot"

_encode = msgspec.json.Encoder().encode


class _Head(msgspec.Struct):
    """The part of a frame that tells which other frame it replaces."""

    type: str
    device: str = ""
    values: dict[str, Any] = {}


_read_head = msgspec.json.Decoder(_Head).decode


class Frame:
    """One message to the viewers of `base`, already in every form in which it may be sent.

    A viewer that is behind gets only the newest frame of each `key`: another reading of the same device
    with the same metrics replaces this one, a reading with other metrics does not.
    """

    __slots__ = ("base", "encoded", "key", "sse", "websocket")

    def __init__(self, base: str, key: Hashable, text: str) -> None:
        self.base = base
        self.key = key
        data = text.encode()
        self.encoded = encode(data)
        self.websocket = {"type": "websocket.send", "text": text}
        self.sse = {"type": "http.response.body", "body": b"data: %b\n\n" % data, "more_body": True}


def reading(*, device: str, at: datetime, values: Mapping[str, float]) -> str:
    """Return the frame of one reading, in the units of the metrics."""
    return _encode({"type": "reading", "device": device, "at": iso(at), "values": values}).decode()


def status(*, device: str, online: bool, last_seen: datetime | None) -> str:
    """Return the frame that says a device came or went."""
    seen = iso(last_seen) if last_seen else None
    return _encode({"type": "status", "device": device, "online": online, "last_seen": seen}).decode()


def snapshot(base: str, state: Mapping[str, Any]) -> Frame:
    """Return the first frame of a viewer: the whole state of `base`, bounded by `telemetry.queries`."""
    return Frame(base, SNAPSHOT, _encode(state).decode())


def parse(base: str, text: str) -> Frame:
    """Return an encoded reading or status as a Frame.

    Raises:
        msgspec.DecodeError: the text is not a frame.
    """
    head = _read_head(text)
    return Frame(base, (head.type, head.device, frozenset(head.values)), text)


def parse_all(pairs: Iterable[tuple[str, str | bytes]]) -> list[Frame]:
    """Return (base, encoded frame) pairs as Frames.

    Raises:
        msgspec.DecodeError: one of them is not a frame.
    """
    return [parse(base, text if isinstance(text, str) else text.decode()) for base, text in pairs]
