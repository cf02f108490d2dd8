"""Addresses below /training/videos/."""

from django.urls import path, re_path

from training.videos.views import new_ticket, video_file

urlpatterns = [
    re_path(r"^(?P<key>[0-9a-f]{24})/ticket/$", new_ticket, name="video_ticket"),
    path("<slug:key>/<str:ticket>/<str:name>", video_file, name="video_file"),
]
