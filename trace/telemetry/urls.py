"""Addresses of machines at the site: cameras."""

from django.urls import path

from telemetry.cameras import views

machine_urlpatterns = [path("cameras/<str:camera_id>/snapshot/", views.snapshot, name="camera-snapshot")]
