"""A viewer: one open connection, to which frames are offered and which can be as slow as it likes."""

import asyncio
from collections.abc import Awaitable, Callable, Generator, Hashable, Iterable
from typing import Any

from telemetry.live.counters import count
from telemetry.live.frames import SNAPSHOT, Frame

# Frames kept for a viewer that is behind: far more than one base has devices.
MOST_HELD = 256

Send = Callable[[dict[str, Any]], Awaitable[None]]


class _Rest:
    """Awaits a coroutine that was already stepped once and waits for `first`."""

    __slots__ = ("_coroutine", "_first")

    def __init__(self, coroutine: Any, first: Any) -> None:
        self._coroutine = coroutine
        self._first = first

    def __await__(self) -> Generator[Any, Any, None]:
        waits_for = self._first
        while True:
            try:
                answer = yield waits_for
                waits_for = self._coroutine.send(answer)
            except StopIteration:
                return
            except BaseException as error:
                try:
                    waits_for = self._coroutine.throw(error)
                except StopIteration:
                    return


class Viewer:
    """Sends frames to one connection without ever waiting for it.

    `write` (live/protocol.py) takes an encoded frame at once or says that the socket is full. Where the
    server has none, and then, the coroutine of its ASGI `send` is stepped once by the caller: with room in
    the socket it ends there, without a task. Only when it waits does a task finish it; meanwhile the newest
    frame of each key is kept and the rest forgotten.
    """

    __slots__ = (
        "_blocked",
        "_blocked_since",
        "_gone",
        "_held",
        "_held_back",
        "_loop",
        "_on_gone",
        "_send",
        "_sse",
        "_write",
    )

    def __init__(
        self,
        send: Send,
        *,
        on_gone: Callable[[], None],
        sse: bool = False,
        write: Callable[[bytes], bool] | None = None,
    ) -> None:
        self._send: Any = send
        self._write = write
        self._sse = sse
        self._on_gone = on_gone
        self._loop = asyncio.get_running_loop()
        self._held: dict[Hashable, Frame] = {}
        self._held_back = True
        self._blocked: asyncio.Task[None] | None = None
        self._blocked_since = 0.0
        self._gone = False

    @property
    def sse(self) -> bool:
        """Whether the viewer listens to server-sent events."""
        return self._sse

    def offer(self, frame: Frame) -> None:
        """Send `frame` now, or keep it when the connection is still busy."""
        if self._held_back or self._blocked is not None:
            self._hold(frame)
        elif self._write is None or not self._write(frame.encoded):
            self._step(frame)

    def greet(self, frames: Iterable[Frame]) -> None:
        """Send the first frames, then what was held since the viewer joined; from here on frames flow."""
        later, self._held = self._held, {}
        for frame in (*frames, *later.values()):
            self._hold(frame)
        self._held_back = False
        while self._held and self._blocked is None and not self._gone:
            self._step(self._next())

    def stuck_for(self, now: float) -> float:
        """Return for how many seconds the connection has taken nothing."""
        return now - self._blocked_since if self._blocked else 0.0

    def drop(self) -> None:
        """Give the connection up: whoever owns it is told to end it."""
        if not self._gone:
            self.forget()
            self._on_gone()

    def forget(self) -> None:
        """Let go of everything; the connection is over."""
        self._gone = True
        self._held_back = True
        self._held.clear()
        if self._blocked is not None:
            self._blocked.cancel()
            self._blocked = None

    def _hold(self, frame: Frame) -> None:
        if self._gone:
            return
        if frame.key == SNAPSHOT:
            self._held.clear()  # it says everything they said
        elif self._held.pop(frame.key, None):
            count("live_conflated")
        elif len(self._held) >= MOST_HELD:
            self._next()
            count("live_conflated")
        self._held[frame.key] = frame

    def _next(self) -> Frame:
        return self._held.pop(next(iter(self._held)))

    def _step(self, frame: Frame) -> None:
        sending = self._send(frame.sse if self._sse else frame.websocket)
        try:
            waits_for = sending.send(None)
        except StopIteration:
            return
        except Exception:  # the server says in its own way that the connection is over
            count("live_lost")
            self.drop()
            return
        self._blocked_since = self._loop.time()
        self._blocked = self._loop.create_task(self._finish(_Rest(sending, waits_for)))

    async def _finish(self, sending: Awaitable[None]) -> None:
        try:
            await sending
            while self._held:
                self._blocked_since = self._loop.time()
                frame = self._next()
                await self._send(frame.sse if self._sse else frame.websocket)
            self._blocked = None
        except Exception:
            count("live_lost")
            self.drop()
