"""What the HJ 212 listener of this process has done since it started."""

from dataclasses import asdict, dataclass


@dataclass(slots=True)
class Counters:
    """Plain numbers; what was stored of the readings counts with the ingest's own."""

    connections: int = 0
    open: int = 0
    turned_away: int = 0
    frames: int = 0
    damaged: int = 0
    noise: int = 0
    refused: int = 0
    notices: int = 0
    acknowledged: int = 0
    not_kept: int = 0  # unreadable pieces beyond what is kept

    def as_dict(self) -> dict[str, int]:
        """Return all numbers by name."""
        return asdict(self)


counters = Counters()
