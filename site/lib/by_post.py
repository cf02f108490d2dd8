"""Acts that are only ever posted: whoever reloads the page after signing in again comes by GET."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

View = Callable[..., HttpResponseBase]


def by_post(page: str) -> Callable[[View], View]:
    """Let the view answer to POST; anything else is led to the named page of the same thing (`pk`).

    Django's `require_POST` would answer 405 without a word.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
            if request.method != "POST":
                return HttpResponseRedirect(reverse(page, args=[pk]))
            return view(request, pk, **kwargs)

        return wrapped

    return decorate
