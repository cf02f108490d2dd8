"""Addresses under /bases/. `/bases/<slug>/live/` (server-sent events) is answered before Django."""

from django.urls import path

from bases import downloads, views

app_name = "bases"
urlpatterns = [
    path("", views.base_list, name="list"),
    path("<slug:slug>/", views.base_detail, name="detail"),
    path("<slug:slug>/readings.csv", downloads.readings_csv, name="readings"),
]
