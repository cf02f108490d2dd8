"""Addresses under /training/classes/, and one's own classes. No class may be called as one of these words."""

from django.urls import path

from training.classes import door_views, places_views, screen_views, views

RESERVED = {"door", "hand", "photos", "screen"}

urlpatterns = [
    path("me/classes/", places_views.mine, name="my-classes"),
    path("classes/", views.class_list, name="classes"),
    path("classes/worker.js", screen_views.worker, name="class-worker"),
    path("classes/door/", door_views.shell, name="class-door-shell"),
    path("classes/door/kept/", door_views.kept, name="class-kept"),
    path("classes/door/<int:meeting>/", door_views.door, name="class-door"),
    path("classes/screen/<int:meeting>/", screen_views.screen, name="class-screen"),
    path("classes/screen/<int:meeting>/now/", screen_views.screen_now, name="class-screen-now"),
    path("classes/hand/<int:meeting>/", screen_views.hand, name="class-hand"),
    path("classes/photos/<int:pk>/", views.photo, name="class-photo"),
    path("classes/<slug:slug>/", views.one_class, name="activity"),
    path("classes/<slug:slug>/sign-up/", places_views.sign_up_page, name="class-sign-up"),
    path("classes/<slug:slug>/feedback/", places_views.feedback, name="class-feedback"),
]
