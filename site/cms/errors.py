"""The page for our own failures. 403 and 404 need no view: Django renders their templates itself."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from brand.themes import themes


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500; set as `handler500`.

    Asks neither the database nor the session: they may be what is broken.
    """
    name = request.META.get("HTTP_HOST", "").partition(".")[0]
    slug = name if name in themes() else "lucheng"
    return HttpResponse(render_to_string("500.html", {"region": slug}), status=500)
