"""Which county a request is for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from brand.regions.lookup import region_for_host


def region(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.region`, looked up on first use from the host name."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.region = SimpleLazyObject(lambda: region_for_host(request.get_host()))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
