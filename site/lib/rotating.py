"""Codes that change every half minute: who shows the one of now stands in front of the screen.

After RFC 6238 (time-based one-time passwords), with HMAC-SHA-256 and 50 bits in Base32 instead of six
digits: the code travels in the address of a QR, nobody types it, so it may be long enough not to be guessed.
"""

import hmac
from base64 import b32encode
from datetime import datetime

STEP = 30  # s
_LENGTH = 10  # Base32 characters


def code(key: str, *, at: datetime) -> str:
    """Return the code of that moment."""
    return _code(key, _step(at))


def is_current(key: str, typed: str, *, at: datetime) -> bool:
    """Tell whether `typed` is the code of that moment or of the step before, so it lives 30 to 60 s."""
    given = typed.upper().encode()
    steps = (_step(at), _step(at) - 1)
    # both are compared, whichever fits: the answer takes as long for a wrong one as for a right one
    return sum(hmac.compare_digest(_code(key, step).encode(), given) for step in steps) > 0


def shown_at(key: str, typed: str, *, since: datetime, until: datetime) -> datetime | None:
    """Return when the step began that showed `typed`, or None where no step of that time did.

    A code is proof of its moment also when it arrives hours later: nobody can make the one of another.
    All steps are compared, so the time it takes tells nothing.
    """
    given = typed.upper().encode()
    steps = range(_step(since), _step(until) + 1)
    same = [step for step in steps if hmac.compare_digest(_code(key, step).encode(), given)]
    return datetime.fromtimestamp(same[0] * STEP, tz=since.tzinfo) if same else None


def codes(key: str, *, since: datetime, until: datetime) -> list[str]:
    """Return the codes of all steps from one moment to another: for a screen that loses its connection."""
    return [_code(key, step) for step in range(_step(since), _step(until) + 1)]


def seconds_left(*, at: datetime) -> int:
    """Return after how many seconds the next code begins, 1 to 30."""
    return STEP - int(at.timestamp()) % STEP


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP


def _code(key: str, step: int) -> str:
    digest = hmac.digest(key.encode(), step.to_bytes(8, "big"), "sha256")
    return b32encode(digest).decode()[:_LENGTH]
