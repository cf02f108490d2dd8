"""Which county a request is for."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from brand.regions.lookup import region_for_host, regions_with_sites


def region(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.counties` and the one of the host name, `request.region`. One query, on first use."""

    def middleware(request: HttpRequest) -> HttpResponse:
        counties: Any = SimpleLazyObject(regions_with_sites)
        request.counties = counties  # type: ignore[attr-defined]
        request.region = SimpleLazyObject(lambda: region_for_host(request.get_host(), counties))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
