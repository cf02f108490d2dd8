"""Addresses under /training/ that are no pages of Wagtail."""

from django.urls import URLPattern, URLResolver

app_name = "training"
urlpatterns: list[URLPattern | URLResolver] = []
