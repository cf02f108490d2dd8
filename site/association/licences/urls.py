"""Addresses under /brand/licences/."""

from django.urls import path

from association.licences import check_views

urlpatterns = [
    path("", check_views.form, name="licence_check"),
    path("<str:number>/", check_views.detail, name="licence"),
]
