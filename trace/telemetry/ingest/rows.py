"""Readings on their way into the table, the same for both databases."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from telemetry.ingest.inbound import Inbound

Key = tuple[int, int]  # primary key of the device, microseconds since 1970

HOUR = 3_600_000_000  # microseconds

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_encode = msgspec.json.Encoder().encode


class Row(NamedTuple):
    """One row of `Reading`."""

    device: int
    at: datetime
    values: dict[str, float]

    def text(self) -> str:
        """Return the values as JSON on one line."""
        return _encode(self.values).decode()


class Written(NamedTuple):
    """What a batch did to the table; a row in neither was known already."""

    inserted: set[Key]
    merged: set[Key]


def microseconds(at: datetime) -> int:
    """Return a time as microseconds since 1970, exactly."""
    since = at - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def from_microseconds(since: int) -> datetime:
    """Return the time that many microseconds after 1970, exactly."""
    seconds, rest = divmod(since, 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)


def rows_of(messages: Iterable[Inbound], devices: Mapping[str, int]) -> dict[Key, Row]:
    """Return the rows of a batch; of two messages of one device and time the later wins each metric."""
    rows: dict[Key, Row] = {}
    for message in messages:
        key = devices[message.device_id], microseconds(message.at)
        known = rows.get(key)
        values = known.values | message.values if known else message.values
        rows[key] = Row(key[0], message.at, values)
    return rows
