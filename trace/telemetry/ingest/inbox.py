"""What has arrived and is not stored yet: bounded, so that a flood waits in the broker and not in memory."""

import time
from queue import Empty, SimpleQueue
from threading import Event
from typing import NamedTuple

from telemetry.ingest.client import Delivery

MOST = 8_192  # deliveries
MOST_BYTES = 33_554_432
_FULL_PAUSE = 0.005  # s


class Arrival(NamedTuple):
    """A delivery with its time of arrival in microseconds since 1970, and the connection that brought it."""

    delivery: Delivery
    at: int
    connection: int


class Inbox:
    """One thread puts, one thread takes. A full inbox stops the reading of the socket."""

    def __init__(self, stop: Event) -> None:
        self._queue: SimpleQueue[Arrival] = SimpleQueue()
        self._stop = stop
        self._put_bytes = self._taken_bytes = 0  # each written by one thread only
        self._last = 0

    def put(self, delivery: Delivery, *, connection: int) -> None:
        """Add a delivery; waits while the inbox is full. No two arrivals have the same time."""
        while self._is_full() and not self._stop.is_set():
            time.sleep(_FULL_PAUSE)
        self._last = max(time.time_ns() // 1000, self._last + 1)
        self._put_bytes += len(delivery.payload)
        self._queue.put(Arrival(delivery, self._last, connection))

    def take(self, *, most: int, wait: float, linger: float) -> list[Arrival]:
        """Return up to `most` arrivals: what is there, or comes within `linger` s of the first.

        Waits `wait` s for the first; an empty list when none came.
        """
        taken: list[Arrival] = []
        try:
            taken.append(self._queue.get(timeout=wait))
            until = time.monotonic() + linger
            while len(taken) < most:
                left = until - time.monotonic()
                taken.append(self._queue.get(timeout=left) if left > 0 else self._queue.get_nowait())
        except Empty:
            pass
        self._taken_bytes += sum(len(arrival.delivery.payload) for arrival in taken)
        return taken

    def _is_full(self) -> bool:
        return self._queue.qsize() >= MOST or self._put_bytes - self._taken_bytes >= MOST_BYTES
