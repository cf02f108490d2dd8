"""What becomes of the pieces of HJ 212 streams: judged, stored together, answered after the commit.

Readings take the way of all others: `batches.write`, which ends in `store`. A frame that was kept, as
readings or with its raw text as unreadable, is acknowledged; the station need not send it again.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from telemetry.ingest.batches import write
from telemetry.ingest.client import Delivery
from telemetry.ingest.counters import Counters as IngestCounters
from telemetry.ingest.hj212.counters import Counters
from telemetry.ingest.hj212.frames import CRC, Piece
from telemetry.ingest.hj212.heads import (
    CN_WRONG,
    CRC_WRONG,
    FLAG_WRONG,
    MN_WRONG,
    PW_WRONG,
    ST_WRONG,
    Head,
    Times,
    acknowledgement,
    read_head,
    refusal,
)
from telemetry.ingest.hj212.reasons import reason_of
from telemetry.ingest.hj212.stations import Stations
from telemetry.ingest.inbound import Unreadable
from telemetry.ingest.inbox import Arrival
from telemetry.ingest.rows import from_microseconds
from telemetry.ingest.shapes.hj212 import READINGS, STATIONS
from telemetry.ingest.store import store

# Sign of life, sign-in, clock, log, state, times of running, identity: heard, answered, not kept.
NOTICES = {"9015", "9021", "1013", "2021", "2041", "2081", "3019", "3020", "3022"}
ANSWERS = {"9011", "9012", "9013", "9014"}  # to requests; we make none
KEPT, KEPT_PER = 200, 600.0  # unreadable pieces of strangers in so many seconds
_RAW_KEPT = 2_048  # bytes

_STRANGE = {0, CRC_WRONG, MN_WRONG, PW_WRONG}  # what stations of ours hardly ever send


@dataclass
class Session:
    """What is known of one connection."""

    address: str = ""
    device_id: str = ""
    strikes: int = 0
    times: Times = field(default_factory=Times)


class Received(NamedTuple):
    """A piece, when it came (microseconds since 1970), and on which connection."""

    piece: Piece
    at: int
    session: Session


class _Verdict(NamedTuple):
    """What is to be done with a piece: `delivery` is stored, else `problem` says why not."""

    head: Head
    delivery: Delivery | None = None
    problem: int | None = None  # a value of QnRtn, 0 for noise


class Desk:
    """Handles batches of pieces; used by one thread at a time, because of its database connection."""

    def __init__(self, counters: Counters, ingest: IngestCounters) -> None:
        self._counters = counters
        self._ingest = ingest
        self._stations = Stations()
        self._window = 0.0
        self._kept = 0

    def receive(self, batch: Sequence[Received], *, now: datetime) -> list[bytes]:
        """Store the batch and return the answer to each piece, empty where none is waited for.

        Raises:
            DATABASE_IS_AWAY: nothing was stored; the same batch may be given again.
        """
        verdicts = [self._judge(received) for received in batch]
        arrivals = [
            Arrival(verdict.delivery, received.at, 0)
            for received, verdict in zip(batch, verdicts, strict=True)
            if verdict.delivery
        ]
        refused = [
            self._unreadable(received, verdict)
            for received, verdict in zip(batch, verdicts, strict=True)
            if verdict.problem is not None
        ]
        if arrivals:  # first: storing them again changes nothing, should the second writing fail
            write(arrivals, received_at=now, counters=self._ingest)
        keep = refused[: self._allowance()]
        if keep:
            store([], received_at=now, unreadable=keep)
        self._kept += len(keep)
        self._counters.not_kept += len(refused) - len(keep)
        return [self._settle(received, verdict) for received, verdict in zip(batch, verdicts, strict=True)]

    def _judge(self, received: Received) -> _Verdict:
        """Say what is to be done with a piece; changes nothing, so that a batch can be given again."""
        piece = received.piece
        head = read_head(piece.data)
        if piece.problem:
            return _Verdict(head, problem=CRC_WRONG if piece.problem == CRC else 0)
        if not head.is_known_version:
            return _Verdict(head, problem=FLAG_WRONG)
        sender = self._stations.find(mn=head.mn, pw=head.pw)
        if sender.problem:
            return _Verdict(head, problem=sender.problem)
        received.session.device_id = sender.device_id
        return _by_command(head, received)

    def _unreadable(self, received: Received, verdict: _Verdict) -> Unreadable:
        return Unreadable(
            device_id="" if verdict.problem in {MN_WRONG, PW_WRONG} else received.session.device_id,
            topic="hj212",
            payload=received.piece.raw[:_RAW_KEPT],
            reason=reason_of(verdict.problem or 0, verdict.head),
            received_at=from_microseconds(received.at),
        )

    def _allowance(self) -> int:
        """Return how many unreadable pieces may still be kept: strangers must not fill the database."""
        now = time.monotonic()
        if now - self._window > KEPT_PER:
            self._window, self._kept = now, 0
        return max(0, KEPT - self._kept)

    def _settle(self, received: Received, verdict: _Verdict) -> bytes:
        """Count a piece that was handled and return its answer."""
        counters, head = self._counters, verdict.head
        if verdict.problem is not None:
            counters.noise += verdict.problem == 0
            counters.damaged += verdict.problem == CRC_WRONG
            counters.refused += verdict.problem not in {0, CRC_WRONG}
            received.session.strikes += verdict.problem in _STRANGE
            return (
                refusal(head, verdict.problem) if head.wants_answer and head.qn and verdict.problem else b""
            )
        received.session.strikes = 0
        counters.frames += 1
        counters.notices += head.cn in NOTICES
        if not head.wants_answer or verdict.delivery is None:
            return b""
        counters.acknowledged += 1
        return acknowledgement(head)


def _by_command(head: Head, received: Received) -> _Verdict:
    """Say what is to be done with a frame of a station of ours."""
    way = f"hj212/{received.session.device_id}"
    if head.cn in ANSWERS:
        return _Verdict(head)
    if head.cn in NOTICES:
        return _Verdict(head, Delivery(f"{way}/status", b"online", 0, False))
    if head.cn not in READINGS:
        return _Verdict(head, problem=CN_WRONG)
    if head.st not in STATIONS:
        return _Verdict(head, problem=ST_WRONG)
    text = received.session.times.complete(head, received.piece.raw, received.piece.data)
    return _Verdict(head, Delivery(f"{way}/telemetry", text, 0, False))
