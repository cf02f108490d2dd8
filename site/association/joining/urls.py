"""Addresses under /brand/join/."""

from django.urls import path

from association.joining import filling, standing, views

urlpatterns = [
    path("", views.join, name="join"),
    path("mine/", views.mine, name="applications"),
    path("<int:pk>/", filling.application, name="application"),
    path("<int:pk>/autosave/", filling.autosave, name="application_autosave"),
    path("<int:pk>/withdraw/", standing.withdraw, name="application_withdraw"),
    path("<int:pk>/delete/", standing.delete, name="application_delete"),
    path("<int:pk>/again/", standing.again, name="application_again"),
    path("papers/<int:pk>/", standing.paper, name="application_paper"),
]
