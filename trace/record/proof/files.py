"""The file of a digest, as somebody kept it. Pure: bytes in, facts out."""

import hashlib
from datetime import date, datetime
from typing import Any

import msgspec

FORMAT = "fengtu-chain-digest-1"


class UnreadableDigest(ValueError):
    """The file is no digest of ours; the message says why."""


class Head(msgspec.Struct, frozen=True):
    """The chain of one batch: how many events, the hash of the last, the hashes since the digest before."""

    id: int
    batch: str
    events: int
    head: str
    new: list[str]

    def facts(self) -> dict[str, Any]:
        """Return it as the file says it."""
        return msgspec.structs.asdict(self)

    def hashes(self) -> dict[int, str]:
        """Return what it says of each event, by sequence."""
        first = self.events - len(self.new) + 1
        return {self.events: self.head} | dict(enumerate(self.new, start=first))


class Previous(msgspec.Struct, frozen=True):
    """Which digest came before."""

    date: date
    sha256: str


class Digest(msgspec.Struct, frozen=True):
    """A whole file."""

    format: str
    date: date
    made_at: datetime
    algorithm: str
    previous: Previous | None
    heads: list[Head]


def parse_digest(file: bytes) -> Digest:
    """Return what the file says.

    Raises:
        UnreadableDigest: it is no JSON, has another shape or another format.
    """
    try:
        digest = msgspec.json.decode(file, type=Digest)
    except msgspec.MsgspecError as error:
        raise UnreadableDigest(str(error)) from error
    if digest.format != FORMAT:
        raise UnreadableDigest(f"format {digest.format!r} is not {FORMAT!r}")
    return digest


def sha256(file: bytes) -> str:
    """Return the hash by which the next digest names this one."""
    return hashlib.sha256(file).hexdigest()
