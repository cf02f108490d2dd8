"""What copying a database gives."""

from dataclasses import dataclass, field

from upkeep.manifest import Piece


@dataclass(frozen=True, slots=True)
class Copied:
    """How many rows each table has, where the sequences stand, and the files that were written."""

    rows: dict[str, int]
    pieces: list[Piece]
    sequences: dict[str, int | None] = field(default_factory=dict)
