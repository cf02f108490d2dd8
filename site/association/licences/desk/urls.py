"""Addresses under /members/licences/."""

from django.urls import path

from association.licences.desk import papers, views

urlpatterns = [
    path("", views.licences, name="licences"),
    path("apply/", views.apply, name="licence_apply"),
    path("applications/<int:pk>/", views.application, name="licence_application"),
    path("applications/<int:pk>/withdraw/", views.withdraw, name="licence_withdraw"),
    path("applications/<int:pk>/discard/", views.discard, name="licence_discard"),
    path("applications/<int:pk>/papers/<int:paper>/", papers.paper, name="licence_paper"),
    path("<str:number>/certificate.pdf", papers.certificate, name="licence_certificate"),
    path("<str:number>/plaque.<str:kind>", papers.door_plaque, name="licence_plaque"),
]
