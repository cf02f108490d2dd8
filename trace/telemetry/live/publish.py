"""Publish: hand committed frames to the live stream, from any thread, without ever failing the caller."""

import logging
import threading
import time
from collections.abc import Iterable

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from telemetry.live import lifespan, wire
from telemetry.live.counters import count
from telemetry.live.frames import Frame, parse_all

log = logging.getLogger(__name__)

# Ingest waits for us: a Redis that does not answer costs it this long, and then nothing for QUIET seconds.
TIMEOUT = 0.5
QUIET = 1.0


class _Redis:
    """The publishing side of the link between processes."""

    def __init__(self, url: str) -> None:
        self._client = redis.Redis.from_url(
            url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT, retry=Retry(NoBackoff(), 0)
        )
        self._channel = wire.channel(url)
        self._lost = False
        self._quiet_until = 0.0

    def send(self, frames: list[Frame]) -> None:
        if time.monotonic() < self._quiet_until:
            count("live_lost_on_the_way", len(frames))
            return
        try:
            self._client.publish(self._channel, wire.pack(frames, lost=self._lost))
        except redis.RedisError as error:
            self._fail(error, len(frames))
        else:
            if self._lost:
                log.info("Live frames reach Redis again")
            self._lost = False

    def _fail(self, error: Exception, frames: int) -> None:
        if not self._lost:
            log.warning("Live frames do not reach Redis, readings are stored all the same: %s", error)
        self._lost = True
        self._quiet_until = time.monotonic() + QUIET
        count("live_lost_on_the_way", frames)


_links: dict[str, _Redis] = {}
_making = threading.Lock()


def publish(pairs: Iterable[tuple[str, str | bytes]]) -> None:
    """Send (base, encoded frame) pairs to everybody who watches those bases.

    Nothing is raised: readings are stored already, and a viewer who missed something gets a new snapshot.
    """
    try:
        frames = parse_all(pairs)
        if not frames:
            return
        count("live_published", len(frames))
        if settings.REDIS_URL:
            _link(settings.REDIS_URL).send(frames)
        else:
            _send_in_process(frames)
    except Exception:
        log.exception("Live frames were not sent")
        count("live_lost_on_the_way")


def _link(url: str) -> _Redis:
    with _making:
        if url not in _links:
            _links[url] = _Redis(url)
        return _links[url]


def _send_in_process(frames: list[Frame]) -> None:
    hub = lifespan.hub()
    if hub is None:  # no web server in this process, e.g. a command
        count("live_without_hub", len(frames))
        return
    hub.publish(frames)
