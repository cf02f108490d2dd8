r"""Frames in a stream of bytes: `##<length><data segment><CRC>\r\n` (HJ 212-2017 §6.2). Pure.

TCP keeps no frames: one may come in pieces, several may come at once, and what a bad line lost or added
must cost one frame and not the connection.
"""

from collections.abc import Iterator
from typing import NamedTuple

from telemetry.ingest.shapes.hj212 import checksum

MARK = b"##"
_LENGTH = 4  # digits
_CRC = 4  # hexadecimal digits
_HEAD = len(MARK) + _LENGTH
_BETWEEN = b"\r\n\t \0"

NOISE, CRC = "noise", "crc"


class Piece(NamedTuple):
    """A frame, or what is none: `problem` is "", `noise` or `crc`. `data` is the data segment."""

    raw: bytes
    data: bytes = b""
    problem: str = ""


class FrameReader:
    """Cuts what has arrived of one connection into pieces; holds at most one unfinished frame."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, received: bytes) -> Iterator[Piece]:
        """Yield what is complete with these bytes."""
        self._buffer += received
        while (piece := self._next()) is not None:
            yield piece

    def _next(self) -> Piece | None:
        buffer = self._buffer
        del buffer[: len(buffer) - len(buffer.lstrip(_BETWEEN))]
        start = buffer.find(MARK)
        if start:
            return self._noise(start if start > 0 else len(buffer) - buffer.endswith(b"#"))
        digits = bytes(buffer[len(MARK) : _HEAD])
        if digits and not digits.isdigit():
            return self._noise(self._next_mark(len(buffer)))
        end = _HEAD + int(digits) + _CRC if len(digits) == _LENGTH else len(buffer) + 1
        if end > len(buffer):
            return None
        data = bytes(buffer[_HEAD : end - _CRC])
        if _reads(buffer[end - _CRC : end]) == checksum(data):
            return self._take(end, data=data)
        return self._take(self._next_mark(end), data=data, problem=CRC)

    def _noise(self, end: int) -> Piece | None:
        return self._take(end, problem=NOISE) if end > 0 else None

    def _next_mark(self, end: int) -> int:
        """Return where the next frame may begin before `end`: a length may have been read wrong."""
        found = self._buffer.find(MARK, 1, end)
        return found if found > 0 else end

    def _take(self, end: int, *, data: bytes = b"", problem: str = "") -> Piece:
        raw = bytes(self._buffer[:end])
        del self._buffer[:end]
        return Piece(raw, data, problem)


def frame(segment: str) -> bytes:
    """Return the frame of a data segment."""
    data = segment.encode()
    return b"##%04d%s%04X\r\n" % (len(data), data, checksum(data))


def _reads(digits: bytes | bytearray) -> int:
    try:
        return int(digits, 16)
    except ValueError:
        return -1
