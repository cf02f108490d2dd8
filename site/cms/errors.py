"""Error pages in the look of the county. Set as handler403, handler404 and handler500 in the routes."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse

from brand.themes import themes


def forbidden(request: HttpRequest, exception: Exception | None = None) -> TemplateResponse:
    """Answer 403: signed in as somebody who may not, or not signed in."""
    return TemplateResponse(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> TemplateResponse:
    """Answer 404 with the box to look a code up: many who get lost hold a package."""
    return TemplateResponse(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500. Asks neither the database nor the session: they may be what is broken."""
    name = request.META.get("HTTP_HOST", "").partition(".")[0]
    slug = name if name in themes() else "lucheng"
    return HttpResponse(render_to_string("500.html", {"region": slug}), status=500)
