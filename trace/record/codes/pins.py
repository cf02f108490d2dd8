"""Scratch PINs: digits under a coating that tell the buyer of this package from whoever copied its QR code.

A PIN is random and kept only as a keyed hash. A wrong one is counted before anything is answered: five in an
hour close the check for that hour, twenty in all until an operator has looked.
"""

import hashlib
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from record.codes.acts import note_act
from record.codes.refusals import CodesRefused
from record.models import Code, CodeAct, ScratchPin

WRONG_IN_AN_HOUR = 5
WRONG_IN_ALL = 20
WINDOW = timedelta(hours=1)
_IN_USE = {Code.State.ACTIVATED, Code.State.SOLD}
_NO_DIGIT = re.compile(r"[\s-]")


class NoPin(LookupError):
    """The package has no scratch field, or is not in use."""


class WrongPin(ValueError):
    """The digits are not those under the coating; `left` more may be tried."""

    def __init__(self, left: int) -> None:
        super().__init__(f"{left} left")
        self.left = left


class PinLocked(PermissionError):
    """Too many wrong digits; `until` when, or None: until an operator has looked."""

    def __init__(self, until: datetime | None) -> None:
        super().__init__(str(until))
        self.until = until


@dataclass(frozen=True, slots=True)
class RightPin:
    """The digits are right. `first_at` is when they were first given, `again` whether by another phone."""

    count: int
    first_at: datetime
    again: bool


def new_pin(length: int) -> str:
    """Return `length` random digits."""
    return f"{secrets.randbelow(10**length):0{length}d}"


def pin_digest(*, serial: str, pin: str, secret: str | bytes | None = None) -> str:
    """Return what is kept of a PIN: its hash with the code, under the server's key."""
    key = _key(secret or settings.SECRET_KEY)
    return hmac.digest(key, f"{serial}:{pin}".encode(), "sha256").hex()


def check_pin(*, serial: str, pin: str, device: str, at: datetime) -> RightPin:
    """Compare what was scratched free with what was printed, and count it.

    Raises:
        NoPin: this code has none, or is not in use.
        PinLocked: too many were wrong; nothing is compared and nothing changes.
        WrongPin: it is another one; only the counters change.
    """
    # `WrongPin` is raised after the transaction: the count of it must stand
    with transaction.atomic():
        # the lock makes guesses at one code wait for each other, so that none slips past the limit
        pins = ScratchPin.objects.select_for_update(of=("self",)).select_related("code")
        kept = pins.filter(code__serial=serial).first()
        if kept is None or kept.code.state not in _IN_USE:
            raise NoPin
        _refuse_locked(kept, at)
        if _matches(kept, _digits(pin)):
            return _count_right(kept, device=device, at=at)
        left = _count_wrong(kept, at=at)
    raise WrongPin(left)


def unlock_pin(*, code: Code, reason: str, at: datetime, by: User | None = None) -> None:
    """Open the check of a PIN again, after an operator has looked into the guesses.

    Raises:
        CodesRefused: no reason, or there is nothing to unlock.
    """
    if not reason.strip():
        raise CodesRefused([_("A reason is needed.")])
    with transaction.atomic():
        counted = ScratchPin.objects.filter(code=code, failures_in_all__gt=0)
        if not counted.update(locked=False, failures=0, failures_in_all=0, failed_at=None):
            raise CodesRefused([_("Nobody has guessed at this PIN; there is nothing to unlock.")])
        note_act(
            CodeAct.Kind.UNLOCK,
            count=1,
            at=at,
            by=by,
            reason=reason.strip(),
            serials=[code.serial],
            run=code.run,
            batch=code.batch,
        )


def _digits(text: str) -> str:
    return _NO_DIGIT.sub("", unicodedata.normalize("NFKC", text))


def _matches(kept: ScratchPin, pin: str) -> bool:
    """Tell whether the PIN is right under today's key or an earlier one. No comparison stops early."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [pin_digest(serial=kept.code.serial, pin=pin, secret=key) for key in keys]
    return any(hmac.compare_digest(kept.digest, digest) for digest in digests)


def _refuse_locked(kept: ScratchPin, at: datetime) -> None:
    if kept.locked:
        raise PinLocked(None)
    if kept.failed_at and kept.failures >= WRONG_IN_AN_HOUR and at - kept.failed_at < WINDOW:
        raise PinLocked(kept.failed_at + WINDOW)


def _count_wrong(kept: ScratchPin, *, at: datetime) -> int:
    recent = kept.failed_at is not None and at - kept.failed_at < WINDOW
    kept.failures = kept.failures + 1 if recent else 1
    kept.failures_in_all += 1
    kept.failed_at = at
    kept.locked = kept.failures_in_all >= WRONG_IN_ALL
    kept.save(update_fields=["failures", "failures_in_all", "failed_at", "locked"])
    return 0 if kept.locked else WRONG_IN_AN_HOUR - kept.failures


def _count_right(kept: ScratchPin, *, device: str, at: datetime) -> RightPin:
    again = kept.right_count > 0 and not (device and device == kept.first_device)
    if kept.right_count == 0:
        kept.first_right_at, kept.first_device = at, device
    kept.right_count += 1
    kept.failures = 0
    kept.save(update_fields=["right_count", "first_right_at", "first_device", "failures"])
    assert kept.first_right_at  # noqa: S101 - just set, or set by the first
    return RightPin(kept.right_count, kept.first_right_at, again)


@cache
def _key(secret: str | bytes) -> bytes:
    return hashlib.sha256(b"record.pins:" + force_bytes(secret)).digest()
