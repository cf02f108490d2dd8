"""What comes unsigned to an address for machines: kept for inspection, but only so much of it.

Signed messages are never counted here, so nobody can crowd them out. A source is known by a mark of the day
(`lib.guessing`), no address is kept.
"""

from datetime import datetime
from typing import Final

from lib.guessing import Guesses

EACH: Final = Guesses("shop.unsigned", allowed=20, window=3600)
ALL: Final = Guesses("shop.unsigned.all", allowed=1_000, window=3600)  # of however many sources


def is_kept(*, source: str, at: datetime) -> bool:
    """Count an unsigned message from a network address and tell whether it is still kept."""
    own, everybody = EACH.mark(source, at=at), ALL.mark("", at=at)
    if EACH.used_up(own) or ALL.used_up(everybody):
        return False
    EACH.note(own)
    ALL.note(everybody)
    return True
