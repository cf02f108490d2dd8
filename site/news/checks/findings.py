"""What a check found, and where."""

from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256


class Weight(IntEnum):
    """What a finding does, the heaviest first."""

    STOPS = 0  # the post does not go for review
    ASKS = 1  # who wrote it says that it is meant so
    TELLS = 2  # good to know


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a post: in words, and where the editor jumps to."""

    words: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found. `says` is a sentence; `hint` what to do or why."""

    weight: Weight
    place: Place
    says: str
    hint: str = ""

    @property
    def key(self) -> str:
        """Return what tells it from others: who says that it is meant so has seen this and not another."""
        return sha256(f"{self.place.words}|{self.says}".encode()).hexdigest()[:16]

    @property
    def tone(self) -> str:
        """Return the class its mark has in the back office."""
        return {Weight.STOPS: "stops", Weight.ASKS: "asks", Weight.TELLS: "tells"}[self.weight]
