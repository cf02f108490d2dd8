"""Addresses under /accounts/notices/."""

from django.urls import path

from notices import views

app_name = "inbox"
urlpatterns = [
    path("", views.notices, name="list"),
    path("read/", views.read_all, name="read-all"),
    path("<int:pk>/read/", views.read, name="read"),
]
