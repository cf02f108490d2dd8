"""Addresses below /brand/press/; the page itself is Wagtail's."""

from django.urls import path

from association.press import views

urlpatterns = [path("kit.zip", views.press_kit, name="press_kit")]
