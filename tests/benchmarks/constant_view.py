"""The product's server with one route more: a Django view that answers a constant, behind our middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config import asgi, urls
from tests.benchmarks.resolver import PATH


def constant(request: HttpRequest) -> HttpResponse:
    """Answer everything with the same five bytes."""
    return HttpResponse(b"hello", content_type="text/plain")


urls.urlpatterns.insert(0, path(PATH[1:], constant))
application = asgi.application
