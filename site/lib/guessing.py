"""Guessing slowed down: so many misses per visitor and window, counted in the cache.

A visitor is known by a keyed hash of the network address that changes every day; no address is kept.
"""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.utils.crypto import salted_hmac


@dataclass(frozen=True, slots=True)
class Guesses:
    """The misses of one kind of guess: `allowed` of them in `window` seconds, which begin with the first."""

    name: str
    allowed: int
    window: int

    def mark(self, address: str, *, at: datetime) -> str:
        """Return the mark of a visitor on that day."""
        network = network_of(address)
        return salted_hmac(self.name, f"{at:%Y-%m-%d} {network}").hexdigest()[:20]

    def used_up(self, mark: str) -> bool:
        """Tell whether this visitor has used up the misses of the window."""
        return cache.get(self._key(mark), 0) >= self.allowed

    def note(self, mark: str) -> None:
        """Count one miss."""
        if not cache.add(self._key(mark), 1, self.window):
            try:
                cache.incr(self._key(mark))
            except ValueError:  # the window ended between the two calls
                cache.add(self._key(mark), 1, self.window)

    def _key(self, mark: str) -> str:
        return f"{self.name}.misses.{mark}"


def network_of(address: str) -> str:
    """Return what a visitor is told apart by: an address, of IPv6 its /64, of which a household has 2⁶⁴."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False) if isinstance(parsed, IPv6Address) else parsed)
