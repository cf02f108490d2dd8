"""How often one network address may count one post: enough for a village behind one address, no flood.

Nothing of it leaves the memory of the process: addresses are mixed with a secret that is thrown away with
the marks every half hour.
"""

import secrets
from collections import Counter
from datetime import datetime
from hashlib import blake2b

from lib.guessing import network_of

WINDOW = 1800  # s
ALLOWED = 30
MOST_MARKS = 100_000


class Ceiling:
    """Counts of the half hour, by marks that cannot be traced back."""

    def __init__(self) -> None:
        self._window = -1
        self._secret = b""
        self._counts: Counter[bytes] = Counter()

    def allows(self, *, address: str, post: int, at: datetime) -> bool:
        """Count once more; tell whether it is not one too many."""
        window = int(at.timestamp()) // WINDOW
        if window != self._window or len(self._counts) >= MOST_MARKS:
            self._window, self._secret = window, secrets.token_bytes(32)
            self._counts.clear()
        seen = f"{network_of(address)} {post}".encode()
        mark = blake2b(seen, key=self._secret, digest_size=12).digest()
        self._counts[mark] += 1
        return self._counts[mark] <= ALLOWED
