"""Addresses of the letter box, below /openness/letters/. The disclosures are pages of Wagtail."""

from django.urls import path

from openness.letters import views

app_name = "openness"
urlpatterns = [
    path("", views.box, name="box"),
    path("write/", views.write, name="write"),
    path("about/<int:about>/", views.write, name="about"),
    path("<str:receipt>/", views.receipt, name="receipt"),
]
