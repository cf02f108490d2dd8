"""What somebody who scans a code may believe. Pure policy: facts in, verdict out.

The number of phones decides here, at once. The signs that need a place and the scans of others (impossible
speed, outside the sales region) are looked for a few seconds later (`record.clones`) and arrive as
`suspected`; they stay silent while no place provider is set.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """The seven answers."""

    FIRST = "first"
    AGAIN = "again"
    INACTIVE = "inactive"
    RECALLED = "recalled"
    VOIDED = "voided"
    SUSPICIOUS = "suspicious"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SeenScan:
    """A scan as the visitor is told of it; `own` is one of the visitor's own phone."""

    at: datetime
    place: str
    own: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a code when somebody looks at it."""

    state: str
    recalled: bool
    scan_count: int
    device_count: int
    first_device: str
    device: str  # the visitor's mark for this code; "" when the phone carries none
    just_scanned: bool = False  # the only scan is so new that a phone without cookies may have made it
    suspected: bool = False  # a clone alert is open or confirmed
    accepted_devices: int = 0  # phones an operator found harmless


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, with what a page needs to put it into words.

    `yours` is true when every scan so far was by the visitor's phone; `first_was_yours` when the first was.
    """

    kind: Kind
    scan_count: int = 0
    device_count: int = 0
    yours: bool = False
    first_was_yours: bool = False
    scans: Sequence[SeenScan] = ()

    @property
    def genuine(self) -> bool:
        """Whether the package may be trusted."""
        return self.kind in {Kind.FIRST, Kind.AGAIN}


UNKNOWN = Verdict(Kind.UNKNOWN)


def judge(facts: Facts, *, most_devices: int) -> Verdict:
    """Return the verdict; `most_devices` is how many phones may look at one package before it is odd.

    What an authority decided (void, recall) comes before what scans suggest.
    """
    first_was_yours = bool(facts.device) and facts.device == facts.first_device
    return Verdict(
        kind=_kind(facts, most_devices),
        scan_count=facts.scan_count,
        device_count=facts.device_count,
        yours=first_was_yours and facts.device_count == 1,
        first_was_yours=first_was_yours,
    )


def _kind(facts: Facts, most_devices: int) -> Kind:
    if facts.state == "voided":
        return Kind.VOIDED
    if facts.recalled:
        return Kind.RECALLED
    if facts.state not in {"activated", "sold"}:
        return Kind.INACTIVE
    if facts.suspected or facts.device_count - facts.accepted_devices > most_devices:
        return Kind.SUSPICIOUS
    return Kind.AGAIN if _others(facts) else Kind.FIRST


def _others(facts: Facts) -> bool:
    """Tell whether a phone other than the visitor's looked at the code."""
    if not facts.device and facts.just_scanned:
        return False
    own = facts.device_count == 1 and bool(facts.device) and facts.device == facts.first_device
    return facts.scan_count > 0 and not own
