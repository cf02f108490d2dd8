"""Who asks: everybody, or a program with a token that may see serials and hand in events.

Tokens belong to an upper area: `TRACE_TOKEN_CHECK` is the dotted path of a function
`(text) -> token | None`, where a token has `member`, `name` and `allows(scope)`.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from brand.models import Member

SCOPE = "epcis"


class BadToken(PermissionError):
    """A token was shown that nobody knows, that was revoked, or that is not for this."""


class Token(Protocol):
    """What this area needs to know of a token."""

    member: Member | None
    name: str

    def allows(self, scope: str) -> bool:
        """Tell whether it may be used for that."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks. Without a token: everybody."""

    token: Token | None = None

    @property
    def sees_serials(self) -> bool:
        """Whether single packages may be shown."""
        return self.token is not None

    @property
    def member(self) -> Member | None:
        """The member whose program it is."""
        return self.token.member if self.token else None

    @property
    def member_id(self) -> int | None:
        """The member whose packages are shown."""
        member = self.member
        return member.pk if member else None


def reader_of(request: HttpRequest) -> Reader:
    """Return who asks: `Authorization: Bearer <token>`, or nobody in particular.

    Raises:
        BadToken: a token is shown and is not good for this.
    """
    kind, _space, text = request.headers.get("Authorization", "").partition(" ")
    if not kind:
        return Reader()
    check = _check(getattr(settings, "TRACE_TOKEN_CHECK", ""))
    token = check(text.strip()) if check and kind.lower() == "bearer" and text.strip() else None
    if token is None or not token.allows(SCOPE):
        raise BadToken
    return Reader(token)


@cache
def _check(path: str) -> Any:
    return import_string(path) if path else None
