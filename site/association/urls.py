"""Addresses under /brand/; /brand/ itself and other pages below it are Wagtail's."""

from django.urls import path

from association import views

app_name = "association"
urlpatterns = [
    path("members/", views.member_list, name="members"),
    path("members/<slug:slug>/", views.member_detail, name="member"),
    path("licences/", views.licence_form, name="licence_check"),
    path("licences/<str:number>/", views.licence_detail, name="licence"),
]
