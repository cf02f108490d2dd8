"""Device marks: how a phone is known again without being known.

A phone carries a random number in a first-party cookie. What is stored is a keyed hash of that number and
the code it looked at, so marks of different codes cannot be joined into somebody's shopping history, and
without the server's key they say nothing at all. No address is kept.
"""

import hashlib
import hmac
import re
import secrets
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "fengtu_device"
YEAR = 365 * 24 * 3600  # seconds
_TOKEN = re.compile(r"[\w-]{22}", re.ASCII)


def device_token(request: HttpRequest) -> str:
    """Return the random number the phone carries, or "" when it carries none of ours."""
    token = request.COOKIES.get(COOKIE, "")
    return token if _TOKEN.fullmatch(token) else ""


def new_token() -> str:
    """Return a random number for a phone that has none (128 bits)."""
    return secrets.token_urlsafe(16)


def device_mark(*, token: str, serial: str) -> str:
    """Return the mark of the phone with that token for one code, or "" without a token."""
    if not token:
        return ""
    return hmac.new(_key(settings.SECRET_KEY), f"{token}:{serial}".encode(), hashlib.sha256).hexdigest()[:32]


def remember_device(response: HttpResponse, token: str, *, secure: bool) -> None:
    """Give the phone its number for a year; renewed by every scan."""
    response.set_cookie(COOKIE, token, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)


@cache
def _key(secret: str) -> bytes:
    return hashlib.sha256(b"record.devices:" + secret.encode()).digest()
