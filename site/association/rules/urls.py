"""Addresses below /brand/rules/; the page itself is Wagtail's."""

from django.urls import path

from association.rules import views

urlpatterns = [
    path("<slug:slug>/", views.rule_detail, name="rule"),
    path("<slug:slug>/current.pdf", views.rule_in_force, name="rule_in_force"),
]
