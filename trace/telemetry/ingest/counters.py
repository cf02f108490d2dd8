"""What one ingest has done since it started, for /metrics and for tests."""

from dataclasses import asdict, dataclass


@dataclass(slots=True)
class Counters:
    """Plain numbers; written by the thread that stores, read by any."""

    received: int = 0
    stored: int = 0
    merged: int = 0
    repeated: int = 0
    late: int = 0
    unreadable: int = 0
    refused_values: int = 0
    unknown_metrics: int = 0
    warnings: int = 0
    batches: int = 0
    waits_for_database: int = 0
    reconnects: int = 0
    lag_seconds: float = 0.0  # from the arrival of the oldest message of the newest batch to its commit

    def as_dict(self) -> dict[str, float]:
        """Return all numbers by name."""
        return asdict(self)


counters = Counters()  # of the ingest of this process
