"""The pages for our own failures and for too much. 403 and 404 need no view: Django renders them itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from brand.themes import themes


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500; set as `handler500`.

    Asks neither the database nor the session: they may be what is broken.
    """
    name = request.META.get("HTTP_HOST", "").partition(".")[0]
    slug = name if name in themes() else "lucheng"
    return HttpResponse(render_to_string("500.html", {"region": slug}), status=500)


def too_large(request: HttpRequest, *, sent: int, most: int) -> HttpResponse:
    """Answer 413: the form is larger than its address takes. Both sizes in bytes; nothing of it was read."""
    if "text/html" not in request.headers.get("Accept", ""):
        words = _("Too large: %(most)s at most.") % {"most": filesizeformat(most)}
        response = HttpResponse(words, status=413, content_type="text/plain; charset=utf-8")
    else:
        context = {"sent": sent, "most": most}
        response = render(request, "413.html", context, status=413)
    add_never_cache_headers(response)
    return response
