"""What the live stream did in this process: plain counts, read by the metrics page."""

from collections import Counter

counted: Counter[str] = Counter()


def count(name: str, by: int = 1) -> None:
    """Add `by` to the count called `name`."""
    counted[name] += by


def read() -> dict[str, int]:
    """Return all counts so far."""
    return dict(counted)
