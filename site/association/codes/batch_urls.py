"""Addresses below /members/batches/."""

from django.urls import path

from association.codes import views

urlpatterns = [path("", views.batch_list, name="batches")]
