"""Websocket routes of the live stream."""

from django.urls import URLPattern, re_path

from telemetry.live.consumers import LiveConsumer, Nowhere

websocket_urlpatterns: list[URLPattern] = [
    re_path(r"^ws/bases/(?P<slug>[^/]{1,100})/?$", LiveConsumer.as_asgi()),
    re_path(r"", Nowhere.as_asgi()),
]
