"""Pages on fixed threads: forms arrive whole, pages leave in one piece, streams piece by piece."""

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Any

import pytest

from lib.page_threads import SMALL, PageThreads


class Whole(list[bytes]):
    """A page that is there at once, as Django's are."""

    streaming = False
    closed = False

    def close(self) -> None:
        """Note it."""
        type(self).closed = True


def _asked(app: Any, pieces: list[bytes], *, headers: list[tuple[bytes, bytes]]) -> list[dict[str, Any]]:
    """Return what is answered to a form that arrives in these pieces."""
    sent: list[dict[str, Any]] = []
    waiting = [
        {"type": "http.request", "body": piece, "more_body": number < len(pieces)}
        for number, piece in enumerate(pieces, start=1)
    ]

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/", "query_string": b"", "http_version": "1.1",
        "headers": headers,
    }  # fmt: skip
    asyncio.run(PageThreads(app, threads=1)(scope, receive, send))
    return sent


def _echo(environ: Any, start_response: Any) -> Whole:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or -1))
    start_response("200 OK", [("X-Read", str(len(body)))])
    return Whole([body[:3], body[3:6]])


@pytest.mark.parametrize("size", [0, 6, SMALL, SMALL + 1, 3 * SMALL])
def test_a_form_arrives_whole_and_the_page_leaves_in_one_piece(size: int) -> None:
    pieces = [b"abcdef" + b"." * (size - 6)] if size == 6 else [b"." * (size // 2), b"." * (size - size // 2)]
    length = [(b"content-length", str(size).encode())]

    start, body = _asked(_echo, pieces, headers=length)

    assert (start["status"], start["headers"]) == (200, [(b"x-read", str(size).encode())])
    assert body["body"] == b"".join(pieces)[:6]
    assert not body["more_body"]
    assert Whole.closed


def test_a_form_of_unknown_length_arrives_whole() -> None:
    start, _body = _asked(_echo, [b"ab", b"cd"], headers=[(b"transfer-encoding", b"chunked")])

    assert start["headers"] == [(b"x-read", b"4")]


@pytest.mark.parametrize("length", [12, 3 * SMALL])
def test_half_a_form_is_not_taken_for_a_whole_one(length: int) -> None:
    read: list[bytes] = []
    waiting = [{"type": "http.request", "body": b"a=1&b", "more_body": True}, {"type": "http.disconnect"}]

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(message: dict[str, Any]) -> None:
        raise AssertionError(message)

    def takes(environ: Any, start_response: Any) -> Whole:
        read.append(environ["wsgi.input"].read(length))
        return Whole()

    headers = [(b"content-length", str(length).encode())]
    scope = {
        "type": "http", "method": "POST", "path": "/", "query_string": b"", "http_version": "1.1",
        "headers": headers,
    }  # fmt: skip
    with contextlib.suppress(OSError):  # where a thread reads the form, the server hears of it
        asyncio.run(PageThreads(takes, threads=1)(scope, receive, send))
    assert not read


def test_a_stream_leaves_piece_by_piece_and_is_closed() -> None:
    closed = []

    def stream(_environ: Any, start_response: Any) -> Iterator[bytes]:
        start_response("206 Partial Content", [("X-Kind", "stream")])
        try:
            yield b"one"
            yield b"two"
        finally:
            closed.append(True)

    messages = _asked(stream, [b""], headers=[])

    assert messages[0]["status"] == 206
    assert [(one["body"], one["more_body"]) for one in messages[1:]] == [
        (b"one", True), (b"two", True), (b"", False),
    ]  # fmt: skip
    assert closed


def test_what_breaks_is_told_to_the_server() -> None:
    def broken(_environ: Any, _start_response: Any) -> Any:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        _asked(broken, [b""], headers=[])
