"""Addresses below /members/codes/."""

from django.urls import path

from association.codes import run_views, views

urlpatterns = [
    path("", views.code_list, name="codes"),
    path("draw/", views.draw, name="codes_draw"),
    path("<int:pk>/", run_views.run_detail, name="code_run"),
    path("<int:pk>/<slug:act>/", run_views.run_act, name="code_run_act"),
]
