"""Snapshots: what a viewer is told first, computed once however many viewers ask at the same time."""

import asyncio
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from django.db import close_old_connections

from telemetry import queries
from telemetry.live import frames
from telemetry.live.frames import Frame

# Seconds a snapshot serves new viewers; frames sent since it was taken are repeated to them.
FRESH = 1.0


def compute(base: str) -> dict[str, Any]:
    """Return the state of `base` now; runs in a thread, whose database connection is kept tidy."""
    close_old_connections()
    try:
        return queries.snapshot(base, at=datetime.now(UTC))
    finally:
        close_old_connections()


class Snapshots:
    """The newest snapshot of one base, and the frames that came after it was taken."""

    def __init__(
        self, base: str, *, threads: ThreadPoolExecutor, source: Callable[[str], dict[str, Any]]
    ) -> None:
        self._base = base
        self._threads = threads
        self._source = source
        self._taken: Frame | None = None
        self._taken_at = 0.0
        self._since: dict[Hashable, Frame] = {}
        self._computing: asyncio.Task[None] | None = None

    def add(self, frame: Frame) -> None:
        """Note a frame that is being sent: the snapshot at hand may not know it."""
        self._since.pop(frame.key, None)
        self._since[frame.key] = frame

    def forget(self) -> None:
        """Serve no viewer from what is at hand: frames may have been missed."""
        self._taken = None

    async def greeting(self) -> list[Frame]:
        """Return a snapshot and the newest frames since it was taken.

        Raises whatever the source raises, to everybody who waited for it.
        """
        loop = asyncio.get_running_loop()
        while self._taken is None or loop.time() - self._taken_at > FRESH:
            if self._computing is None:
                self._computing = loop.create_task(self._compute())
            # shielded: a viewer that leaves must not take the snapshot away from the others
            await asyncio.shield(self._computing)
        return [self._taken, *self._since.values()]

    async def _compute(self) -> None:
        loop = asyncio.get_running_loop()
        self._taken_at = loop.time()
        # Frames are published after their commit: whatever was sent before now, the source will see.
        self._since = {}
        try:
            state = await loop.run_in_executor(self._threads, self._source, self._base)
            self._taken = frames.snapshot(self._base, state)
        finally:
            self._computing = None
