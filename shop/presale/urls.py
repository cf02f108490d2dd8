"""Addresses under /shop/presales/."""

from django.urls import path

from shop.presale import views

app_name = "presales"
urlpatterns = [
    path("", views.presale_list, name="list"),
    path("step-back/<str:token>/", views.take_back, name="step-back"),
    path("<str:slug>/", views.presale, name="presale"),
]
