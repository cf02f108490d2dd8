"""HTTP adapter: one message of a device that was let in, stored before it is answered."""

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from telemetry.ingest.counters import counters
from telemetry.ingest.inbound import Decoded, Unreadable
from telemetry.ingest.payloads import UnreadablePayload, decode
from telemetry.ingest.scales import current_scales
from telemetry.ingest.store import store
from telemetry.vocabulary import current_vocabulary

TOPIC = "http"
_NAMED = 20  # refusals and unknown names that are told


class Taken(NamedTuple):
    """What became of a message. What is in no number was known already."""

    stored: int
    merged: int
    repeated: int
    refused: list[str]
    unknown: list[str]


def take_message(*, device_id: str, payload: bytes, received_at: datetime) -> Taken:
    """Store the readings in the message that `device_id` sent, and keep what of it cannot be read.

    Raises:
        UnreadablePayload: nothing of it can be used; it is kept with the reason.
    """
    counters.received += 1
    try:
        decoded = decode(
            payload,
            device_id=device_id,
            received_at=received_at,
            vocabulary=current_vocabulary(),
            scales=current_scales(),
        )
    except UnreadablePayload as error:
        counters.unreadable += 1
        unreadable = Unreadable(device_id, TOPIC, payload, str(error), received_at)
        store([], received_at=received_at, unreadable=[unreadable])
        raise
    return _store(decoded, device_id, payload, received_at)


def _store(decoded: Decoded, device_id: str, payload: bytes, received_at: datetime) -> Taken:
    reason = "; ".join(decoded.refusals[:_NAMED])
    beyond = tuple(decoded.out_of_range)
    kept = [Unreadable(device_id, TOPIC, payload, reason, received_at, beyond)] if reason else []
    stored = store(decoded.readings, received_at=received_at, unreadable=kept)
    counters.stored += stored.inserted
    counters.merged += stored.merged
    counters.late += stored.late
    counters.unreadable += len(kept) + stored.refused
    repeated = len(decoded.readings) - stored.inserted - stored.merged - stored.refused
    counters.repeated += repeated
    refused = [*decoded.refusals[:_NAMED]]
    if stored.refused:
        refused.append(_("%(count)d readings of devices it may not speak for") % {"count": stored.refused})
    return Taken(stored.inserted, stored.merged, repeated, refused, decoded.unknown[:_NAMED])
