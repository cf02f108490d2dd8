"""Pages about one visitor (basket, checkout, orders) say themselves that no cache may keep them."""

from typing import Any

from django.views.decorators.cache import never_cache


def uncached(urls: list[Any]) -> list[Any]:
    """Return the URL patterns with their views marked."""
    for url in urls:
        url.callback = never_cache(url.callback)
    return urls
