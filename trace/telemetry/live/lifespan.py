"""The live stream starts and stops with the server: the hub, its sender, its watch, the link to Redis."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings

from telemetry.live.counters import count
from telemetry.live.frames import Frame
from telemetry.live.hub import Hub
from telemetry.live.snapshots import compute

log = logging.getLogger(__name__)

# A viewer that takes nothing for this long is dropped.
STUCK = 30.0
# Event streams carry a comment this often, so that dead ones show; websockets are pinged by the server.
HEARTBEAT = 15.0

_hub: Hub | None = None
_tasks: list[asyncio.Task[None]] = []


def hub() -> Hub | None:
    """Return the hub of this process, if it serves viewers."""
    return _hub


async def start(*, source: Callable[[str], dict[str, Any]] = compute) -> Hub:
    """Start the live stream in the running loop; `source` computes snapshots. Started once, it stays."""
    global _hub  # noqa: PLW0603 – one hub per process is the point
    if _hub is not None:
        return _hub
    _hub = Hub(
        most_viewers=getattr(settings, "LIVE_MOST_VIEWERS", 20_000),
        most_per_base=getattr(settings, "LIVE_MOST_VIEWERS_PER_BASE", 20_000),
        source=source,
    )
    works = [_hub.run(), _drop_stuck(_hub), _beat(_hub)]
    if settings.REDIS_URL:
        from telemetry.live.subscription import follow

        works.append(follow(_hub, url=settings.REDIS_URL))
    _tasks.extend(asyncio.create_task(work) for work in works)
    for task in _tasks:
        task.add_done_callback(_report)
    return _hub


async def stop() -> None:
    """End the live stream: viewers are let go and reconnect elsewhere."""
    global _hub
    stopping, _hub = _hub, None
    tasks, _tasks[:] = list(_tasks), []
    for task in tasks:
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks, return_exceptions=True)
    if stopping is not None:
        stopping.close()


async def _drop_stuck(hub: Hub) -> None:
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(STUCK / 4)
        for viewer in hub.viewers():
            if viewer.stuck_for(loop.time()) > STUCK:
                count("live_dropped_stuck")
                viewer.drop()


async def _beat(hub: Hub) -> None:
    beat = Frame("", "beat", "")
    beat.sse["body"] = b":\n\n"
    while True:
        await asyncio.sleep(HEARTBEAT)
        for viewer in hub.viewers():
            if viewer.sse:
                viewer.offer(beat)


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception():
        log.critical("The live stream lost a part of itself", exc_info=task.exception())
