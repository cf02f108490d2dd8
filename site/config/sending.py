"""Sends what views hand over (lib.handover): ranges, checks while it runs, no page thread held.

Django answers first, in one of its threads, as for any page: who asks, for what, with which right. Then the
bytes go out from here, read in threads of their own; the reader's pace holds the next read back, so memory
stays at a block or two for each. Rights are asked again while it runs: every `CHECK_SECONDS` even where the
reader takes nothing, and every `CHECK_BYTES` however fast it goes.
"""

import asyncio
import contextlib
import logging
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import close_old_connections

from config.pagecache import Application, Message, Receive, Send
from lib.handover import SLOT, MayNotGoOn, Outcome, Sending, Slot
from lib.ranges import NotSatisfiable, asked_range

log = logging.getLogger(__name__)

CHECK_SECONDS = 2.0
CHECK_BYTES = 8 * 1024 * 1024
STALLED = 120.0  # seconds in which a reader takes not one block: it is gone without saying so

_files = ThreadPoolExecutor(4, thread_name_prefix="send-read")
# few: each keeps a connection to the database
_facts = ThreadPoolExecutor(2, thread_name_prefix="send-ask")

Result = TypeVar("Result")


class Sender:
    """ASGI application that asks `app`, and sends what it hands over instead of its empty body."""

    def __init__(self, app: Application) -> None:
        self.app = app
        self.running: Counter[str] = Counter()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        slot = scope[SLOT] = Slot(self.running)
        start: Message = {}

        async def hold(message: Message) -> None:
            if start:
                return
            if slot.sending and message["type"] == "http.response.start" and message["status"] == 200:
                start.update(message)
            else:
                await send(message)

        await self.app(scope, receive, hold)
        if start and slot.sending:
            await self._answer(slot.sending, start, scope, receive, send)

    async def _answer(
        self, sending: Sending, start: Message, scope: Message, receive: Receive, send: Send
    ) -> None:
        asked = {name: value.decode("latin-1") for name, value in scope["headers"]}
        try:
            # a range of anything but a GET means nothing (RFC 9110 §14.2)
            part = asked_range(
                asked.get(b"range", "") if scope["method"] == "GET" else "",
                size=sending.size,
                if_range=asked.get(b"if-range", ""),
                etag=sending.etag,
            )
        except NotSatisfiable:
            await send(_head(start, sending, 416, b"content-range", f"bytes */{sending.size}", length=0))
            await send({"type": "http.response.body", "body": b""})
            return
        first, last = part or (0, sending.size - 1)
        length = last - first + 1
        if part:
            place = f"bytes {first}-{last}/{sending.size}"
            await send(_head(start, sending, 206, b"content-range", place, length=length))
        else:
            await send(_head(start, sending, 200, length=length))
        if scope["method"] == "HEAD" or not length:
            await send({"type": "http.response.body", "body": b""})
            return
        self.running[sending.owner] += 1
        try:
            await _Run(sending, first, length, receive, send).run()
        finally:
            self.running[sending.owner] -= 1
            if not self.running[sending.owner]:
                del self.running[sending.owner]


def _head(
    start: Message, sending: Sending, status: int, name: bytes = b"", value: str = "", *, length: int
) -> Message:
    kept = [pair for pair in start["headers"] if pair[0].lower() not in {b"content-length", b"etag"}]
    headers = [
        *kept,
        (b"content-length", str(length).encode()),
        (b"accept-ranges", b"bytes"),
        (b"etag", sending.etag.encode()),
        (b"x-accel-buffering", b"no"),  # nginx passes on what it gets, and takes no more than it can pass on
    ]
    if name:
        headers.append((name, value.encode()))
    return {"type": "http.response.start", "status": status, "headers": headers}


class _Run:
    """One answer on its way."""

    def __init__(self, sending: Sending, first: int, length: int, receive: Receive, send: Send) -> None:
        self._sending = sending
        self._first = first
        self._length = length
        self._receive = receive
        self._send = send
        self._sent = 0
        self._why = ""

    async def run(self) -> None:
        """Send until the end, until the reader goes, or until the right is lost; write down which."""
        await _in(_facts, _asking, self._sending.begun)
        outcome = Outcome.ABORTED
        try:
            outcome = await self._race()
        except MayNotGoOn as error:
            outcome, self._why = Outcome.STOPPED, str(error)
            log.info("a download was stopped after %d bytes: %s", self._sent, error)
        except Exception:  # the disk or the database: the reader sees it break off and comes again
            log.exception("a download broke off after %d bytes", self._sent)
        finally:
            # also where the server stops and cancels this
            await asyncio.shield(_in(_facts, _asking, self._note_end, outcome))
        # an answer that is not whole is not ended: the server closes the connection, so nobody takes half
        # of a file for a whole one
        if outcome is Outcome.COMPLETED:
            await self._send({"type": "http.response.body", "body": b""})

    def _note_end(self, outcome: Outcome) -> None:
        self._sending.ended(outcome, self._sent, self._why)

    async def _race(self) -> Outcome:
        """Return how the first of three ended: everything sent, the reader gone, the right lost."""
        works = {
            asyncio.ensure_future(work): outcome
            for work, outcome in (
                (self._pump(), Outcome.COMPLETED),
                (self._leave(), Outcome.ABORTED),
                (self._watch(), Outcome.STOPPED),
            )
        }
        try:
            done, _ = await asyncio.wait(works, return_when=asyncio.FIRST_COMPLETED)
            for work in done:
                work.result()
            return min((works[work] for work in done), key=list(Outcome).index)
        finally:
            for work in works:
                work.cancel()
            await asyncio.gather(*works, return_exceptions=True)

    async def _pump(self) -> None:
        blocks, checked = _Blocks(self._sending.read(self._first)), 0
        try:
            while self._sent < self._length:
                if self._sent - checked >= CHECK_BYTES:
                    await self._check()
                    checked = self._sent
                read = await _in(_files, blocks.next)
                if read is None:
                    raise EOFError("the file is shorter than it was said to be")
                block = read[: self._length - self._sent]
                if not block:
                    continue  # what was sent before is passed over; others may read between
                message = {"type": "http.response.body", "body": block, "more_body": True}
                # not wait_for: until Python 3.12 it may swallow that this was stopped
                async with asyncio.timeout(STALLED):
                    await self._send(message)
                self._sent += len(block)
        except TimeoutError:
            raise EOFError("the reader took nothing for too long") from None
        finally:
            _files.submit(blocks.close)

    async def _leave(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            await self._check()

    async def _check(self) -> None:
        await _in(_facts, _asking, self._sending.check)


class _Blocks:
    """The bytes of a sending. A read that nobody waits for any more must end before it is closed."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._lock = threading.Lock()

    def next(self) -> bytes | None:
        """Return the next bytes, which may be none yet; None at the end."""
        with self._lock:
            return next(self._blocks, None)

    def close(self) -> None:
        with self._lock, contextlib.suppress(AttributeError):
            self._blocks.close()  # type: ignore[attr-defined]


def _asking(question: Callable[..., Result], *given: Any) -> Result:
    """Ask the database as a request would: with a connection that is not older than it may be."""
    close_old_connections()
    try:
        return question(*given)
    finally:
        close_old_connections()


def _in(pool: ThreadPoolExecutor, work: Callable[..., Result], *given: Any) -> Awaitable[Result]:
    return asyncio.get_running_loop().run_in_executor(pool, work, *given)
