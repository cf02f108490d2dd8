"""Device clocks that run ahead: the whole message is shifted, its spacing kept.

A shift is remembered on the device and used again while it still fits, so that a message that is delivered
twice, or a queue that is drained after an outage, lands where it belongs and not at the time it arrived.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from telemetry.ingest.inbound import Inbound

TOLERATED = 10.0  # s ahead that are left as they are
FITS_BEHIND = 1800.0  # s that a message may be less ahead than its device's clock: it was delayed


def settle_clocks(
    messages: Sequence[Inbound], *, offsets: Mapping[str, float | None], received_at: datetime
) -> tuple[list[Inbound], dict[str, float | None]]:
    """Return the messages with no time ahead of `received_at`, and the offsets that changed, by device.

    `offsets` are the known ones. Of the messages of one device in this batch the one furthest ahead says by
    how much its clock is ahead; those up to half an hour behind it are shifted by the same.
    """
    latest = received_at + timedelta(seconds=TOLERATED)
    changed: dict[str, float | None] = {}
    ahead = [number for number, message in enumerate(messages) if message.at > latest]
    if ahead:
        return _shifted(messages, ahead, offsets, received_at, changed), changed
    for message in messages:
        if offsets.get(message.device_id) and _is_right(message.at, received_at):
            changed[message.device_id] = None
    return list(messages), changed


def _shifted(
    messages: Sequence[Inbound],
    ahead: list[int],
    offsets: Mapping[str, float | None],
    received_at: datetime,
    changed: dict[str, float | None],
) -> list[Inbound]:
    settled = list(messages)
    by_device: dict[str, list[int]] = defaultdict(list)
    for number in ahead:
        by_device[messages[number].device_id].append(number)
    for device_id, numbers in by_device.items():
        known = offsets.get(device_id)
        for number in sorted(numbers, key=lambda number: messages[number].at, reverse=True):
            seconds = (messages[number].at - received_at).total_seconds()
            if known is None or not known - FITS_BEHIND <= seconds <= known + TOLERATED:
                known = changed[device_id] = seconds
            at = messages[number].at - timedelta(seconds=known)
            settled[number] = msgspec.structs.replace(messages[number], at=at)
    return settled


def _is_right(at: datetime, received_at: datetime) -> bool:
    return abs((at - received_at).total_seconds()) <= TOLERATED
