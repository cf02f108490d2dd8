"""What a path says: its language (`/en/…` is English, everything else Chinese), and that it can be one."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

ENGLISH = "/en/"


def language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Activate the language of the path.

    Accept-Language is ignored so that one URL is one page, for caches and for people who share it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        code = "en" if request.path_info.startswith(ENGLISH) else "zh-hans"
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
        response.headers.setdefault("Content-Language", "zh" if code == "zh-hans" else code)
        return response

    return middleware


def path(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer that nothing is there where a path holds a NUL: PostgreSQL takes none, not even to look for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        return get_response(request)

    return middleware
