"""Signed links to files: made for one person, good for a short time, useless to whoever changes a letter."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from django.core import signing

LIFE: Final = timedelta(minutes=15)
# what began in time may be taken up again for a day: 2 GB over a village line take hours
TAKEN_UP: Final = timedelta(days=1)
_SALT: Final = "brand.vi.links"


class ForgedLink(PermissionError):
    """We did not sign this."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link stands for. `key` names it in the log; the link itself is written down nowhere."""

    user_id: int | None
    file_ids: tuple[int, ...]
    is_zip: bool
    made_at: datetime
    key: str

    def taken_by(self, user_id: int | None) -> "Link":
        """Return the link as that person uses it: a public file may be passed on, the log names both."""
        if user_id == self.user_id:
            return self
        key = hashlib.sha256(f"{self.key} {user_id}".encode()).hexdigest()
        return replace(self, user_id=user_id, key=key)

    def is_fresh(self, *, at: datetime) -> bool:
        """Tell whether a download may begin."""
        return at - self.made_at <= LIFE

    def may_be_taken_up(self, *, at: datetime) -> bool:
        """Tell whether a download that began may go on."""
        return at - self.made_at <= TAKEN_UP


def sign_link(*, user_id: int | None, file_ids: Sequence[int], is_zip: bool, at: datetime) -> str:
    """Return the signed part of an address. No two are the same, so each has a line of its own in the log."""
    stands_for = [user_id, list(file_ids), int(is_zip), int(at.timestamp()), secrets.token_urlsafe(6)]
    return signing.Signer(salt=_SALT).sign_object(stands_for, compress=True)


def read_link(signed: str) -> Link:
    """Return what a link stands for, however old it is.

    Raises:
        ForgedLink: the signature is not ours.
    """
    try:
        user_id, file_ids, is_zip, made, _once = signing.Signer(salt=_SALT).unsign_object(signed)
    except (signing.BadSignature, ValueError) as error:
        raise ForgedLink(signed[:40]) from error
    key = hashlib.sha256(signed.encode()).hexdigest()
    return Link(user_id, tuple(file_ids), bool(is_zip), datetime.fromtimestamp(made, UTC), key)
