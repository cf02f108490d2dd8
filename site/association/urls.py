"""Addresses under /brand/; /brand/ itself and other pages below it are Wagtail's."""

from django.urls import include, path

from association import views

app_name = "association"
urlpatterns = [
    path("members/", views.member_list, name="members"),
    path("members/<slug:slug>/", views.member_detail, name="member"),
    path("licences/", include("association.licences.urls")),
]
