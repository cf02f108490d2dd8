"""`POST /training/beat/`: pages of lessons tell what was watched. Native: no page thread, no session.

A beat is answered after it is written, many in one transaction, so that what was answered survives
whatever dies; a page keeps what was not answered and tells it again. Beats come every few seconds.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any

import msgspec
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from msgspec import Meta

from lib.small_posts import answer, from_our_page, read_body
from training.learning.completing import reconsider_soon
from training.watching.beats import Beat, Written, write_beats
from training.watching.passes import PassRefused, read_pass

PATH = "/training/beat/"
GATHERED_FOR = 0.15  # s
MOST_AT_ONCE = 1_000
MOST_WAITING = 20_000
LONGEST = 4_000  # bytes

Seconds = Annotated[float, Meta(ge=0, le=86_400)]
Speed = Annotated[float, Meta(gt=0, le=16)]

logger = logging.getLogger(__name__)


class Told(msgspec.Struct, forbid_unknown_fields=True):
    """One beat as it comes: pieces of [from, to, speed] in seconds; none says that playing begins."""

    token: Annotated[str, Meta(max_length=400)]
    page: Annotated[str, Meta(pattern=r"^[0-9A-Za-z-]{8,40}\Z")]
    position: Seconds
    pieces: Annotated[list[tuple[Seconds, Seconds, Speed]], Meta(max_length=40)] = []
    end: bool = False


_decode = msgspec.json.Decoder(Told).decode


class Heartbeats:
    """ASGI application that takes beats in."""

    def __init__(
        self,
        write: Callable[[Sequence[Beat]], list[Written | None]] = write_beats,
        *,
        most: int = MOST_WAITING,
    ) -> None:
        self._write, self._most = write, most
        self._waiting: list[tuple[Beat, asyncio.Future[Written | None]]] = []
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="beats")
        self._flushing: asyncio.Task[None] | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one beat with what is credited, in seconds, and whether the lesson is done."""
        if scope["method"] != "POST":
            await answer(send, 405, (b"allow", b"POST"))
            return
        body = await read_body(receive, most=LONGEST)
        if body is None or not from_our_page(dict(scope["headers"])):
            await answer(send, 400)
            return
        try:
            written = await self._written(_beat(body))
        except PassRefused:
            await answer(send, 403)
        except msgspec.DecodeError:
            await answer(send, 400)
        except (DatabaseError, asyncio.QueueFull):
            await answer(send, 503, (b"retry-after", b"5"))
        else:
            await _tell(send, written)

    async def stop(self) -> None:
        """Write what has gathered; the process ends."""
        if self._flushing is not None:
            await self._flushing
        self._writer.shutdown()

    async def _written(self, beat: Beat) -> Written | None:
        if len(self._waiting) >= self._most:
            raise asyncio.QueueFull
        future: asyncio.Future[Written | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((beat, future))
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush())
        return await future

    async def _flush(self) -> None:
        """Write until nothing waits; what comes meanwhile gathers for the next time."""
        loop = asyncio.get_running_loop()
        while self._waiting:
            await asyncio.sleep(GATHERED_FOR)
            taken, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            try:
                all_written = await loop.run_in_executor(self._writer, self._in_thread, [b for b, _ in taken])
            except Exception as error:
                logger.warning("%d beats could not be written", len(taken), exc_info=True)
                _settle([future for _, future in taken], error)
            else:
                for (_, future), written in zip(taken, all_written, strict=True):
                    if not future.done():
                        future.set_result(written)
        self._flushing = None

    def _in_thread(self, beats: list[Beat]) -> list[Written | None]:
        close_old_connections()
        written = self._write(beats)
        for beat, each in zip(beats, written, strict=True):
            if each is not None and each.is_new:
                reconsider_soon(beat.shown.enrolment)
        return written


def _settle(futures: list[asyncio.Future[Written | None]], error: Exception) -> None:
    """Pass on what went wrong; to somebody who hung up nobody answers."""
    failed = error if isinstance(error, DatabaseError) else DatabaseError(str(error))
    for future in futures:
        if not future.done():
            future.set_exception(failed)


def _beat(body: bytes) -> Beat:
    """Return what a page tells.

    Raises:
        msgspec.DecodeError: it is no beat.
        PassRefused: the page shows no pass of ours.
    """
    told = _decode(body)
    pieces = tuple((round(start * 1000), round(end * 1000), speed) for start, end, speed in told.pieces)
    return Beat(
        shown=read_pass(told.token),
        page=told.page,
        pieces=pieces,
        position=round(told.position * 1000),
        reached_end=told.end,
        at=timezone.now(),
    )


async def _tell(send: Any, written: Written | None) -> None:
    if written is None:  # left the course, or the lesson is gone
        await answer(send, 410)
        return
    facts = {"credited": written.credited / 1000, "done": written.is_done}
    await answer(send, 200, (b"content-type", b"application/json"), body=msgspec.json.encode(facts))


application = Heartbeats()
