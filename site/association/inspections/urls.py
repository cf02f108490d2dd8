"""Addresses below /members/findings/."""

from django.urls import path

from association.inspections import views

urlpatterns = [
    path("", views.finding_list, name="findings"),
    path("<int:pk>/", views.finding_detail, name="finding"),
    path("proofs/<int:pk>/", views.proof, name="finding_proof"),
    path("photos/<int:pk>.jpg", views.photo, name="finding_photo"),
]
