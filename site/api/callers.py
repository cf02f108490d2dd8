"""Who calls: the language they read, and whether they come too often.

A page has one language by its path; a program states its own (`Accept-Language`). Only what is said to
people depends on it: data is the same for everybody, so that it can be cached.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from api.problems import Problem, problem_response
from association.licences import guessing

MINUTE = 60  # s
View = Callable[..., HttpResponse]


def language_of(request: HttpRequest) -> str:
    """Return the code of the language the caller reads; Chinese unless English is preferred."""
    for tag, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if tag.startswith(("zh", "en")):
            return "en" if tag.startswith("en") else "zh-hans"
    return "zh-hans"


def spoken(view: View) -> View:
    """Let `view` speak the caller's language, and say as a problem what is no method of an address."""

    @csrf_exempt  # callers carry no cookies; a page of another site cannot speak for them
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            response = _view_of(request, view)(request, *args, **kwargs)
            if response.status_code == 405:
                response = _no_such_method(response)
        if response.status_code >= 400:
            response["Content-Language"] = "en" if language == "en" else "zh"
            patch_vary_headers(response, ["Accept-Language"])
        if request.method in {"GET", "HEAD"}:
            response["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


def visitor(request: HttpRequest) -> str:
    """Return the mark of the caller for today; no address is kept."""
    return guessing.visitor_mark(request.META.get("REMOTE_ADDR", ""), at=timezone.localtime())


def limit(request: HttpRequest, name: str, *, most: int, window: int = MINUTE) -> None:
    """Count this call.

    Raises:
        Problem: `most` calls of that name were made within the window.
    """
    key = f"api.calls.{name}.{visitor(request)}"
    if cache.add(key, 1, window):
        return
    try:
        count = cache.incr(key)
    except ValueError:  # the window ended between the two calls
        cache.add(key, 1, window)
        return
    if count > most:
        raise _too_often(window)


def limit_guessing(request: HttpRequest) -> None:
    """Refuse who asked for too many numbers that do not exist; licence pages count the same misses.

    Raises:
        Problem: they did.
    """
    if guessing.guesses_too_often(visitor(request)):
        raise _too_often(guessing.WINDOW)


def note_miss(request: HttpRequest) -> None:
    """Count one number that does not exist."""
    guessing.note_miss(visitor(request))


def _view_of(request: HttpRequest, view: View) -> View:
    """Return `view`, or a refusal where the query holds what no database takes."""
    if "%00" in request.META.get("QUERY_STRING", ""):
        detail = _("The request is not as described.")
        return lambda *_args, **_kwargs: problem_response(Problem(422, "invalid", detail))
    return view


def _too_often(window: int) -> Problem:
    sentence = _("Too many requests. Try again in a while.")
    return Problem(429, "too_many_requests", sentence, headers={"Retry-After": str(window)})


def _no_such_method(refused: HttpResponse) -> HttpResponse:
    allowed = refused.headers.get("Allow", "")
    detail = _("This address does not know that method.")
    return problem_response(Problem(405, "method_not_allowed", detail, headers={"Allow": allowed}))
