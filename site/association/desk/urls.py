"""Addresses under /members/. Each area adds one line: its own addresses, below a word of its own."""

from django.urls import path

from association.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.desk, name="desk"),
]
