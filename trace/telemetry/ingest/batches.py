"""A batch of deliveries becomes one call of `store`; what cannot be stored does not hold up the rest."""

import logging
import time
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from telemetry.ingest.counters import Counters
from telemetry.ingest.inbound import Inbound, Presence, Unreadable
from telemetry.ingest.inbox import Arrival
from telemetry.ingest.payloads import UnreadablePayload, decode
from telemetry.ingest.rows import from_microseconds
from telemetry.ingest.scales import current_scales
from telemetry.ingest.store import Stored, store
from telemetry.vocabulary import current_vocabulary

log = logging.getLogger(__name__)

DATABASE_IS_AWAY = (OperationalError, InterfaceError)


class Batch:
    """The deliveries of one batch, sorted into what `store` takes."""

    def __init__(self, arrivals: Sequence[Arrival], counters: Counters) -> None:
        self.messages: list[Inbound] = []
        self.presences: list[Presence] = []
        self.unreadable: list[Unreadable] = []
        self._counters = counters
        for arrival in arrivals:
            self._add(arrival)

    def _add(self, arrival: Arrival) -> None:
        _base, device_id, kind = _topic_parts(arrival.delivery.topic)
        try:
            if kind == "status":
                self._add_status(device_id, arrival)
            else:
                self._add_telemetry(device_id, arrival)
        except UnreadablePayload as error:
            self._keep(arrival, device_id, str(error))

    def _add_status(self, device_id: str, arrival: Arrival) -> None:
        said = arrival.delivery.payload.strip().lower()
        if said not in {b"online", b"offline"}:
            raise UnreadablePayload(_("a status is online or offline"))
        self.presences.append(Presence(device_id, said == b"online", arrival.delivery.retained))

    def _add_telemetry(self, device_id: str, arrival: Arrival) -> None:
        decoded = decode(
            arrival.delivery.payload,
            device_id=device_id,
            received_at=from_microseconds(arrival.at),
            vocabulary=current_vocabulary(),
            scales=current_scales(),
        )
        self.messages += decoded.readings
        self._counters.unknown_metrics += len(decoded.unknown)
        self._counters.warnings += len(decoded.warnings)
        if decoded.refusals:
            self._counters.refused_values += len(decoded.refusals)
            self._keep(arrival, device_id, "; ".join(decoded.refusals[:20]), decoded.out_of_range)

    def _keep(self, arrival: Arrival, device_id: str, reason: str, out_of_range: Sequence[str] = ()) -> None:
        topic, payload, *_rest = arrival.delivery
        received_at = from_microseconds(arrival.at)
        self.unreadable.append(
            Unreadable(device_id, topic, payload, reason, received_at, tuple(out_of_range))
        )


def write(arrivals: Sequence[Arrival], *, received_at: datetime, counters: Counters) -> None:
    """Store a batch.

    What the database refuses for its content is halved until the one at fault is found, which is kept as
    unreadable: a message can never hold up the queue.

    Raises:
        DATABASE_IS_AWAY: nothing was stored, try again later.
    """
    try:
        batch = Batch(arrivals, counters)
        stored = store(
            batch.messages, received_at=received_at, presences=batch.presences, unreadable=batch.unreadable
        )
    except DATABASE_IS_AWAY:
        raise
    except Exception as error:
        log.exception("A batch of %d messages was refused", len(arrivals))
        again = partial(write, received_at=received_at, counters=counters)
        _write_apart(arrivals, error, again, received_at)
    else:
        _count(counters, arrivals, batch, stored)


def _write_apart(arrivals: Sequence[Arrival], error: Exception, again: partial[None], now: datetime) -> None:
    if len(arrivals) > 1:
        middle = len(arrivals) // 2
        again(arrivals[:middle])
        again(arrivals[middle:])
        return
    topic, payload, *_rest = arrivals[0].delivery
    reason = f"{type(error).__name__}: {error}"
    store([], received_at=now, unreadable=[Unreadable(_topic_parts(topic)[1], topic, payload, reason, now)])


def _count(counters: Counters, arrivals: Sequence[Arrival], batch: Batch, stored: Stored) -> None:
    counters.batches += 1
    counters.received += len(arrivals)
    counters.stored += stored.inserted
    counters.merged += stored.merged
    counters.repeated += len(batch.messages) - stored.inserted - stored.merged - stored.refused
    counters.late += stored.late
    counters.unreadable += len(batch.unreadable) + stored.refused
    counters.lag_seconds = time.time() - arrivals[0].at / 1_000_000


def _topic_parts(topic: str) -> tuple[str, str, str]:
    """Return base, device id and kind of `base/<device id>/<kind>`."""
    first, _slash, rest = topic.partition("/")
    device_id, _slash, kind = rest.partition("/")
    return first, device_id, kind
