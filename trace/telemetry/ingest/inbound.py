"""What the parts of the ingest hand to each other."""

from datetime import datetime

import msgspec


class Inbound(msgspec.Struct, frozen=True, gc=False):
    """One reading as a device sent it, in our units: what `store` takes.

    `via` is the device whose credentials brought it, when that is a gateway speaking for another.
    """

    device_id: str
    at: datetime
    values: dict[str, float]
    via: str = ""


class Presence(msgspec.Struct, frozen=True, gc=False):
    """A device said it is there, or the broker said it is gone; `retained` when that may be long ago."""

    device_id: str
    online: bool
    retained: bool = False


class Unreadable(msgspec.Struct, frozen=True, gc=False):
    """A message, or the part of one, that was refused, as it came.

    `out_of_range` are the metrics of which a value was refused for its size: alert rules count them.
    """

    device_id: str
    topic: str
    payload: bytes
    reason: str
    received_at: datetime
    out_of_range: tuple[str, ...] = ()


class Decoded(msgspec.Struct):
    """What a message gave: its readings, what was refused of it and why, and what was not understood."""

    readings: list[Inbound] = []
    refusals: list[str] = []
    unknown: list[str] = []
    warnings: list[str] = []
    out_of_range: list[str] = []
