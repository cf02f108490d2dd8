"""A WSGI application on fixed threads behind an ASGI server: a page crosses from the loop and back once.

`a2wsgi` crosses for the body, the start, each piece and the end of a page, and the thread waits each time:
that cost a page more than its middleware. It still turns the request into WSGI, and reads large uploads.
"""

import asyncio
import contextvars
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any, Final

from a2wsgi.wsgi import Body, build_environ

# bytes of a form that is read before a thread takes it; larger ones are read by the thread
SMALL: Final = 65_536


class VisitorGone(OSError):
    """The visitor left before the form had arrived: half a form must not be taken for a whole one."""


class PageThreads:
    """ASGI application for `http` that runs `app`, a WSGI application, on `threads` threads."""

    def __init__(self, app: Any, *, threads: int) -> None:
        self._app = app
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="WSGI")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        loop = asyncio.get_running_loop()
        try:
            environ = build_environ(scope, await _body(scope, _whole(receive), loop))
        except VisitorGone:
            return  # nobody is there to be answered
        run = contextvars.copy_context().run
        for message in await loop.run_in_executor(self._pool, run, self._answer, environ, send, loop):
            await send(message)

    def _answer(self, environ: Any, send: Any, loop: asyncio.AbstractEventLoop) -> tuple[dict[str, Any], ...]:
        """Return the messages of a whole page; send those of a stream from here, at its pace."""
        start: dict[str, Any] = {"type": "http.response.start"}

        def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Any:
            start["status"] = int(status[:3])
            start["headers"] = [
                (name.lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers
            ]

        pieces = self._app(environ, start_response)
        try:
            if not getattr(pieces, "streaming", True):
                return start, _piece(b"".join(pieces))
            _wait(send(start), loop)
            for piece in pieces:
                _wait(send(_piece(piece, more=True)), loop)
            return (_piece(b""),)
        finally:
            getattr(pieces, "close", lambda: None)()


def _whole(receive: Any) -> Any:
    """Return `receive`, which raises where the visitor leaves."""

    async def heard() -> Any:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise VisitorGone
        return message

    return heard


async def _body(scope: Any, receive: Any, loop: asyncio.AbstractEventLoop) -> Any:
    """Return the body as a file: a small one read already, others to be read by the thread."""
    headers = dict(scope["headers"])
    length = headers.get(b"content-length", b"0")
    if b"transfer-encoding" in headers or not length.isdigit() or int(length) > SMALL:
        return Body(loop, receive)
    read = BytesIO()
    more = length != b"0"
    while more:
        message = await receive()
        read.write(message.get("body", b""))
        more = message.get("more_body", False)
    read.seek(0)
    return read


def _piece(body: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.response.body", "body": body, "more_body": more}


def _wait(sending: Any, loop: asyncio.AbstractEventLoop) -> None:
    asyncio.run_coroutine_threadsafe(sending, loop).result()
