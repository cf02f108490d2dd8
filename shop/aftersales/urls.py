"""Addresses under /shop/claims/: whoever has the token of the order may ask for what the buyer may."""

from django.urls import path

from shop.aftersales import code_views, views

app_name = "claims"
urlpatterns = [
    path("by-code/<str:serial>/", code_views.by_code, name="by-code"),
    path("<str:token>/lines/<int:pk>/", views.ask, name="ask"),
    path("<str:token>/photos/<int:pk>/", views.photo, name="photo"),
    path("<str:token>/<str:number>/", views.claim, name="claim"),
    path("<str:token>/<str:number>/<slug:act>/", views.act, name="act"),
]
