"""The hub: everybody in this process who watches a base, and the one place from which they are told.

Channels' groups cost 240–700 µs a message and are full at 3,000 viewers; here a frame is encoded once
and every viewer costs one write.
"""

import asyncio
import logging
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from telemetry.live.counters import count
from telemetry.live.frames import Frame
from telemetry.live.snapshots import Snapshots, compute
from telemetry.live.viewer import Viewer

log = logging.getLogger(__name__)

# Viewers told before the loop sees to others: new connections and pages wait at most some milliseconds.
TURN = 250
# Frames waiting to be sent beyond which a newer one replaces an older of its key.
BEHIND = 200


class Full(RuntimeError):
    """This process has as many viewers as it may."""


class _Room:
    """The viewers of one base."""

    def __init__(self, snapshots: Snapshots) -> None:
        self.snapshots = snapshots
        self.viewers: set[Viewer] = set()


class Hub:
    """Viewers of one process by base. Every method but `publish` belongs to the event loop."""

    def __init__(
        self,
        *,
        most_viewers: int = 20_000,
        most_per_base: int = 20_000,
        source: Callable[[str], dict[str, Any]] = compute,
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._most_viewers = most_viewers
        self._most_per_base = most_per_base
        self._source = source
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="live-snapshot")
        self._rooms: dict[str, _Room] = {}
        self._count = 0
        self._pending: dict[Hashable, Frame] = {}
        self._awake = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    def __len__(self) -> int:
        return self._count

    def viewers(self) -> list[Viewer]:
        """Return everybody, in a list that stays as it is."""
        return [viewer for room in self._rooms.values() for viewer in room.viewers]

    async def join(self, base: str, viewer: Viewer) -> None:
        """Let `viewer` watch `base`: it gets a snapshot, then every frame.

        Raises:
            Full: there is no room left.
            telemetry.queries.UnknownBase: there is no such base.
        """
        room = self._rooms.get(base)
        if self._count >= self._most_viewers or (room and len(room.viewers) >= self._most_per_base):
            count("live_refused")
            raise Full(base)
        if room is None:
            snapshots = Snapshots(base, threads=self._threads, source=self._source)
            room = self._rooms[base] = _Room(snapshots)
        # Registered before the snapshot is taken, so that no frame falls between the two.
        room.viewers.add(viewer)
        self._count += 1
        try:
            viewer.greet(await room.snapshots.greeting())
        except BaseException:
            self.leave(base, viewer)
            raise

    def leave(self, base: str, viewer: Viewer) -> None:
        """Let `viewer` go; does nothing when it went before."""
        room = self._rooms.get(base)
        viewer.forget()
        if room is None or viewer not in room.viewers:
            return
        room.viewers.discard(viewer)
        self._count -= 1
        if not room.viewers:
            del self._rooms[base]

    def publish(self, frames: Iterable[Frame]) -> None:
        """Send `frames` to their viewers; may be called from any thread.

        Raises:
            RuntimeError: the loop has ended.
        """
        self._loop.call_soon_threadsafe(self.offer, list(frames))

    def offer(self, frames: Iterable[Frame]) -> None:
        """Take `frames` in for sending."""
        for frame in frames:
            room = self._rooms.get(frame.base)
            if room is None:
                continue  # nobody watches; the next snapshot will know
            room.snapshots.add(frame)
            self._take(frame)

    async def refresh(self) -> None:
        """Send everybody a new snapshot: frames may have been missed."""
        for base, room in list(self._rooms.items()):
            room.snapshots.forget()
            try:
                greeting = await room.snapshots.greeting()
            except Exception:
                log.warning("No snapshot of %s for its viewers", base, exc_info=True)
                continue
            for frame in greeting:
                self._take(frame)

    async def settled(self) -> None:
        """Wait until everything taken in has been offered to its viewers."""
        await self._idle.wait()

    async def run(self) -> None:
        """Send what is taken in, until cancelled."""
        while True:
            await self._awake.wait()
            while self._pending:
                await self._send(self._pending.pop(next(iter(self._pending))))
            self._awake.clear()
            self._idle.set()

    def close(self) -> None:
        """Give every viewer up and end the threads."""
        for viewer in self.viewers():
            viewer.drop()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _take(self, frame: Frame) -> None:
        key: Hashable = frame
        if len(self._pending) >= BEHIND:
            key = (frame.base, frame.key)
            if self._pending.pop(key, None):
                count("live_conflated_in_hub")
        self._pending[key] = frame
        self._awake.set()
        self._idle.clear()

    async def _send(self, frame: Frame) -> None:
        room = self._rooms.get(frame.base)
        if room is None:
            return
        # A copy: viewers come and go while the loop has its turn.
        viewers = list(room.viewers)
        for start in range(0, len(viewers), TURN):
            for viewer in viewers[start : start + TURN]:
                viewer.offer(frame)
            await asyncio.sleep(0)
        count("live_offered", len(viewers))
