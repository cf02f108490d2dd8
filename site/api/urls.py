"""Addresses of the API. They carry no language: callers say theirs in a header."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _

from api.callers import spoken
from api.problems import Problem, problem_response
from api.server import api


def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer an address of the API that leads nowhere."""
    return problem_response(Problem(404, "nothing_here", _("The API has no such address.")))


def _spoken_patterns() -> list[Any]:
    patterns, _app, _namespace = api.urls
    for pattern in patterns:
        pattern.callback = spoken(pattern.callback)  # type: ignore[arg-type]
    return list(patterns)


machine_urlpatterns = [
    path("api/v1/", include((_spoken_patterns(), "api"), namespace="api")),
    re_path(r"^api/(?P<rest>.*)$", spoken(nothing_here)),
]
