"""Large forms: one beyond the limit of its address is answered before a byte of it is read.

Only forms with files come here: any other body is bounded by DATA_UPLOAD_MAX_MEMORY_SIZE.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.errors import too_large
from lib.upload_limits import UploadLimits, told_length


def limit(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 413 in plain words; stands below the middleware that knows who is signed in."""
    limits = UploadLimits(settings.UPLOAD_LIMITS, usual=settings.UPLOAD_LIMIT)

    def middleware(request: HttpRequest) -> HttpResponse:
        sent = told_length(request.META.get("CONTENT_LENGTH") or "")
        if request.content_type != "multipart/form-data" or sent <= limits.smallest:
            return get_response(request)
        most = limits.most(request.path_info, signed_in=request.user.is_authenticated)
        return too_large(request, sent=sent, most=most) if sent > most else get_response(request)

    return middleware
