"""Addresses of claims below /shop/desk/claims/."""

from django.urls import path

from shop.aftersales import desk

urlpatterns = [
    path("", desk.claims, name="claims"),
    path("photos/<int:pk>/", desk.photo, name="claim-photo"),
    path("<str:number>/", desk.claim, name="claim"),
    path("<str:number>/<slug:act>/", desk.answer, name="claim-answer"),
]
