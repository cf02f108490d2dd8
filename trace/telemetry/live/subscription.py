"""The one Redis subscription of a process: what others publish reaches our hub, through any outage."""

import asyncio
import logging
import random

import redis
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from telemetry.live import wire
from telemetry.live.counters import count
from telemetry.live.hub import Hub

log = logging.getLogger(__name__)

# Seconds of silence after which the connection must answer a ping, and to wait for the answer.
SILENCE = 5.0
# While Redis is away viewers get a snapshot about this often; it is also the longest wait between attempts.
SLOWEST = 5.0


async def follow(hub: Hub, *, url: str) -> None:
    """Hand everything published at the Redis of `url` to `hub`, until cancelled.

    While Redis is away, viewers get new snapshots from the database; when it is back, one more.
    """
    wait = 0.1
    while True:
        client = Redis.from_url(
            url, socket_connect_timeout=2, socket_timeout=SILENCE, retry=Retry(NoBackoff(), 0)
        )
        try:
            async with client, client.pubsub() as subscription:
                await subscription.subscribe(wire.channel(url))
                wait = 0.1
                await _read(subscription, hub)
        except (redis.RedisError, OSError) as error:
            log.warning("No live frames from Redis, trying again: %s", error)
            count("live_redis_lost")
        wait = min(SLOWEST, wait * 2)
        await asyncio.sleep(wait * random.uniform(0.7, 1.0))  # noqa: S311
        await hub.refresh()


async def _read(subscription: PubSub, hub: Hub) -> None:
    asked = False
    while True:
        message = await subscription.get_message(timeout=SILENCE)
        if message is None:
            if asked:
                raise redis.ConnectionError("Redis does not answer")
            await subscription.ping()
            asked = True
            continue
        asked = False
        if message["type"] == "subscribe":
            # (Re)connected: whatever was published before is gone.
            await hub.refresh()
        elif message["type"] == "message":
            await _hand_over(message["data"], hub)


async def _hand_over(data: bytes, hub: Hub) -> None:
    try:
        frames, lost = wire.unpack(data)
    except ValueError:  # msgspec's and Unicode's errors are ValueErrors
        log.warning("Something that is no live frame arrived: %r", data[:200])
        return
    hub.offer(frames)
    if lost:
        await hub.refresh()
