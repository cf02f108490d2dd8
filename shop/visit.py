"""A visit of the hall: a request with what the middleware of ours and of Oscar put on it."""

from typing import Any

from django.http import HttpRequest

from brand.models import Region


class Visit(HttpRequest):
    """The request of a visitor of a hall; only annotations, nothing is made of this class."""

    region: Region | None
    strategy: Any
    basket: Any
