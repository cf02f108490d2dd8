"""Language by path: `/en/…` is English, everything else Chinese, whatever the browser prefers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
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
