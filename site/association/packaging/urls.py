"""Addresses below /members/packaging/."""

from django.urls import path

from association.packaging import asking_views, item_views, views

urlpatterns = [
    path("", views.overview, name="packaging"),
    path("statement/", views.month, name="packaging_statement"),
    path("ask/", asking_views.ask, name="packaging_ask"),
    path("requests/<int:pk>/", asking_views.request_detail, name="packaging_request"),
    path("requests/<int:pk>/withdraw/", asking_views.withdraw, name="packaging_withdraw"),
    path("requests/<int:pk>/note.pdf", asking_views.note, name="packaging_note"),
    path("items/<int:pk>/", item_views.item, name="packaging_item"),
    path("items/<int:pk>/report/", item_views.report, name="packaging_report"),
    path("items/<int:pk>/return/", item_views.bring_back, name="packaging_return"),
    path("returns/<int:pk>/withdraw/", item_views.keep, name="packaging_keep"),
]
