"""Addresses of downloads on the desk, below /members/downloads/."""

from django.urls import path

from association.downloads import desk_views

urlpatterns = [
    path("", desk_views.downloads, name="downloads"),
]
