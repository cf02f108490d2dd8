"""Small POST requests answered inside the ASGI application: no page thread, no session, no cookie."""

from contextlib import suppress
from typing import Any


async def read_body(receive: Any, *, most: int) -> bytes | None:
    """Return the body, or None when it is longer than `most` bytes."""
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if not message.get("more_body"):
            return body


def from_our_page(headers: dict[bytes, bytes]) -> bool:
    """Tell whether a page of this host sent it: browsers say where a POST comes from."""
    origin = headers.get(b"origin", b"")
    return origin.partition(b"://")[2] == headers.get(b"host") != b""


async def answer(send: Any, status: int, *headers: tuple[bytes, bytes], body: bytes = b"") -> None:
    """Answer; nobody keeps it. Who hung up is not answered: pages tell their last while they close."""
    kept = (b"cache-control", b"no-store")
    with suppress(RuntimeError, ConnectionError):  # uvloop raises the first on a connection that is gone
        await send({"type": "http.response.start", "status": status, "headers": [kept, *headers]})
        await send({"type": "http.response.body", "body": body})
