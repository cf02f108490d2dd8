"""Which pages may open our websocket: those of our own hosts."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host


def is_welcome(scope: dict[str, Any]) -> bool:
    """Return whether the page that opens the connection is one of ours.

    Every browser sends an Origin. Programs send none and are welcome: the data is public, and nothing
    here reads a cookie.
    """
    for name, value in scope["headers"]:
        if name == b"origin":
            return _is_ours(value.decode("latin-1"))
    return True


def _is_ours(origin: str) -> bool:
    try:
        host = urlsplit(origin).hostname
    except ValueError:
        return False
    return host is not None and validate_host(host, settings.ALLOWED_HOSTS)
