"""Addresses of the VI library; what is taken out of it has its own below the same path (downloads)."""

from django.urls import path

from association.vi import views

urlpatterns = [
    path("", views.library, name="vi"),
    path("<slug:slug>/", views.asset, name="vi_asset"),
]
