"""Addresses under /brand/members/."""

from django.urls import path

from association.members import views

urlpatterns = [
    path("", views.directory, name="members"),
    path("<slug:slug>/", views.member, name="member"),
]
