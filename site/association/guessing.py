"""Guessing of licence numbers, slowed down: so many unknown numbers per visitor and ten minutes.

A visitor is known by a keyed hash of the network address that changes every day; no address is kept.
"""

from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.utils.crypto import salted_hmac

MISSES_ALLOWED = 12
WINDOW = 600  # s


def visitor_mark(address: str, *, at: datetime) -> str:
    """Return the mark of a visitor on that day.

    A household has 2⁶⁴ addresses of IPv6 to guess from, so those count by their /64.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        network = address
    else:
        network = str(ip_network((parsed, 64), strict=False) if isinstance(parsed, IPv6Address) else parsed)
    return salted_hmac("association.guessing", f"{at:%Y-%m-%d} {network}").hexdigest()[:20]


def guesses_too_often(mark: str) -> bool:
    """Tell whether this visitor has used up the misses of the window."""
    return cache.get(_key(mark), 0) >= MISSES_ALLOWED


def note_miss(mark: str) -> None:
    """Count one unknown number. The window begins with the first."""
    if not cache.add(_key(mark), 1, WINDOW):
        try:
            cache.incr(_key(mark))
        except ValueError:  # the window ended between the two calls
            cache.add(_key(mark), 1, WINDOW)


def _key(mark: str) -> str:
    return f"association.misses.{mark}"
