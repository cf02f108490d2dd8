"""The TCP listener: connections bounded in number, size and silence, one thread that stores for all.

A connection is read no faster than the database stores: pieces wait in a bounded queue. Nothing is
acknowledged before its commit.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

from django.db import connection

from telemetry.ingest.batches import DATABASE_IS_AWAY
from telemetry.ingest.counters import counters as ingest_counters
from telemetry.ingest.hj212.counters import Counters
from telemetry.ingest.hj212.counters import counters as counters_of_this_process
from telemetry.ingest.hj212.desk import Desk, Received, Session
from telemetry.ingest.hj212.frames import FrameReader

log = logging.getLogger(__name__)

MOST_CONNECTIONS = 1_024
STRANGER, KNOWN = 60.0, 900.0  # s of silence after which a connection is closed
STRIKES = 20  # pieces in a row that could not be used
MISSES, MISSES_PER = 600, 600.0  # of an address, in so many seconds; a network of stations may share one
WAITING = 2_000  # pieces
BATCH = 500  # pieces
LINGER = 0.02  # s a piece may wait for others to share its transaction
UNREAD = 65_536  # bytes of answers a station has not taken
LONGEST_PAUSE = 10.0  # s between two tries of the database
_CHUNK = 16_384  # bytes

_Item = tuple[Received, asyncio.StreamWriter]


def run_listener(
    *,
    host: str,
    port: int,
    stop: Event,
    ready: Callable[[int], None] = lambda port: None,
    counters: Counters = counters_of_this_process,
) -> None:
    """Listen until `stop` is set; `ready` is told the port (another one when `port` is 0).

    Raises:
        OSError: the address is taken.
    """
    asyncio.run(_Listener(stop, counters).run(host, port, ready))


class _Listener:
    """All connections and the one who stores."""

    def __init__(self, stop: Event, counters: Counters) -> None:
        self._stop = stop
        self._counters = counters
        self._desk = Desk(counters, ingest_counters)
        self._queue: asyncio.Queue[_Item] = asyncio.Queue(WAITING)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="hj212")
        self._writers: set[asyncio.StreamWriter] = set()
        self._misses: dict[str, tuple[int, float]] = {}

    async def run(self, host: str, port: int, ready: Callable[[int], None]) -> None:
        """Serve until asked to stop; what has arrived by then is stored and answered."""
        server = await asyncio.start_server(self._serve, host, port)
        storing = asyncio.create_task(self._store_for_ever())
        ready(server.sockets[0].getsockname()[1])
        try:
            while not self._stop.is_set() and not storing.done():
                await asyncio.sleep(0.2)
        finally:
            server.close()
            await self._finish(storing)
        if storing.done() and not storing.cancelled() and (error := storing.exception()):
            raise error

    async def _finish(self, storing: asyncio.Task[None]) -> None:
        try:
            await asyncio.wait_for(self._queue.join(), 3)
        except TimeoutError:
            log.warning("HJ 212: %d frames were not stored; their stations repeat them", self._queue.qsize())
        storing.cancel()
        for writer in list(self._writers):
            writer.close()
        await asyncio.get_running_loop().run_in_executor(self._thread, _close_connection)
        self._thread.shutdown(wait=False)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = writer.get_extra_info("peername") or ("",)
        session = Session(address=str(peer[0]))
        self._counters.connections += 1
        if len(self._writers) >= MOST_CONNECTIONS or self._misses_too_often(session.address):
            self._counters.turned_away += 1
            writer.close()
            return
        self._writers.add(writer)
        self._counters.open = len(self._writers)
        try:
            await self._read(reader, writer, session)
        except (TimeoutError, OSError):
            pass
        finally:
            self._note_strikes(session)
            self._writers.discard(writer)
            self._counters.open = len(self._writers)
            writer.close()

    async def _read(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, session: Session
    ) -> None:
        frames = FrameReader()
        while session.strikes < STRIKES and not self._stop.is_set():
            silence = KNOWN if session.device_id else STRANGER
            received = await asyncio.wait_for(reader.read(_CHUNK), silence)
            if not received:
                return
            now = time.time_ns() // 1000
            for piece in frames.feed(received):
                await self._queue.put((Received(piece, now, session), writer))

    async def _store_for_ever(self) -> None:
        while True:
            items = [await self._queue.get()]
            await asyncio.sleep(LINGER)
            while len(items) < BATCH and not self._queue.empty():
                items.append(self._queue.get_nowait())
            answers = await self._store([received for received, _writer in items])
            for (_received, writer), answer in zip(items, answers, strict=True):
                _send(writer, answer)
                self._queue.task_done()

    async def _store(self, batch: list[Received]) -> list[bytes]:
        """Store until the database takes it; meanwhile nothing is answered and the queue fills up."""
        pause = 0.25
        loop = asyncio.get_running_loop()
        while True:
            try:
                return await loop.run_in_executor(self._thread, self._receive, batch)
            except DATABASE_IS_AWAY as error:
                log.warning("HJ 212: the database does not take readings: %s", error)
                await loop.run_in_executor(self._thread, _close_connection)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    def _receive(self, batch: list[Received]) -> list[bytes]:
        return self._desk.receive(batch, now=datetime.now(UTC))

    def _note_strikes(self, session: Session) -> None:
        if not session.strikes or session.device_id:
            return
        count, since = self._misses.get(session.address, (0, time.monotonic()))
        if len(self._misses) > WAITING:
            self._misses.clear()
        self._misses[session.address] = count + session.strikes, since

    def _misses_too_often(self, address: str) -> bool:
        count, since = self._misses.get(address, (0, 0.0))
        if count and time.monotonic() - since > MISSES_PER:
            del self._misses[address]
            return False
        return count >= MISSES


def _close_connection() -> None:
    """Close the database connection of the thread that stores."""
    connection.close()


def _send(writer: asyncio.StreamWriter, answer: bytes) -> None:
    """Send an answer without waiting for a station that does not listen."""
    if not answer or writer.is_closing():
        return
    if writer.transport.get_write_buffer_size() > UNREAD:
        writer.close()
        return
    writer.write(answer)
