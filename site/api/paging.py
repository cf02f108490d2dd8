"""Pages of lists: each names where the next begins, so that a deep page costs as little as the first."""

from collections.abc import Iterable
from typing import TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from api.problems import Problem

Thing = TypeVar("Thing")


def cut(found: Iterable[Thing], limit: int) -> tuple[list[Thing], bool]:
    """Return up to `limit` of what was found (one more is asked for) and whether there are more."""
    things = list(found)
    return things[:limit], len(things) > limit


def next_page(request: HttpRequest, response: HttpResponse, after: object) -> str:
    """Return the address of the page that begins after `after`, and name it in the `Link` header."""
    query = {name: value for name, value in request.GET.items() if name != "after"}
    address = f"{settings.PUBLIC_BASE_URL}{request.path}?{urlencode({**query, 'after': str(after)})}"
    response["Link"] = f'<{address}>; rel="next"'
    return address


def whole_number(after: str) -> int:
    """Return where a page begins.

    Raises:
        Problem: `after` is none of ours.
    """
    if after.isascii() and after.isdigit() and len(after) < 19:
        return int(after)
    raise bad_after()


def bad_after() -> Problem:
    """Return the problem of a place in a list that we never gave."""
    return Problem(422, "invalid", _("“after” is not from a “next” address of ours."))
