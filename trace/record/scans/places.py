"""Where a scan came from, coarsely, when somebody can tell: a setting names who."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Place:
    """A province and a city, nothing finer (PIPL)."""

    province: str
    city: str = ""

    def __str__(self) -> str:
        return f"{self.province} {self.city}".strip()


def place_of(request: HttpRequest) -> Place | None:
    """Return where the request comes from, or None.

    `TRACE_PLACE_PROVIDER` is the dotted path of a function `(request) -> Place | None` that reads a CDN's
    header, offline address data or the visitor's own consent. Without one nobody knows.
    """
    provider = _provider(getattr(settings, "TRACE_PLACE_PROVIDER", ""))
    return provider(request) if provider else None


@cache
def _provider(path: str) -> Callable[[HttpRequest], Place | None] | None:
    return import_string(path) if path else None
