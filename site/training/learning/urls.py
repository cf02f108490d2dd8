"""Addresses of the trainee's own pages, below /training/."""

from django.urls import path

from training.learning import views

urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/about/", views.about, name="about-me"),
    path("me/state/", views.state, name="state"),
    path("me/reminders/", views.reminders, name="reminders"),
    path("me/enrol/<slug:slug>/", views.enrol_page, name="enrol"),
    path("me/leave/<slug:slug>/", views.leave_page, name="leave"),
    path("me/courses/<slug:slug>/", views.my_course, name="my-course"),
]
