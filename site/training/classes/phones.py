"""A phone: told apart from others at one door, and at no other.

The cookie holds a random number and nothing else. What is kept of it is a hash with the meeting in it, so
that two meetings cannot be laid side by side to follow a phone.
"""

from secrets import token_urlsafe
from typing import TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from training.classes.meetings import Meeting

COOKIE = "class_phone"
PATH = "/training/"
_KEPT = 365 * 24 * 3600  # s
_SALT = "training.classes.phone"
_LONGEST = 64

Answer = TypeVar("Answer", bound=HttpResponseBase)


def mark_of(request: HttpRequest, meeting: Meeting) -> str:
    """Return what a phone is at the door of one meeting; empty where it has never been here."""
    number = request.COOKIES.get(COOKIE, "")[:_LONGEST]
    return salted_hmac(_SALT, f"{meeting.pk}:{number}", algorithm="sha256").hexdigest() if number else ""


def remember(request: HttpRequest, response: Answer) -> Answer:
    """Give the phone its number with this answer, or let it keep the one it has."""
    number = request.COOKIES.get(COOKIE) or token_urlsafe(16)
    response.set_cookie(
        COOKIE, number, max_age=_KEPT, path=PATH, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return response
