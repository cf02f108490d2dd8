"""Addresses under /training/ that are no pages of Wagtail."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "training"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("training.certificates.urls")),
]
