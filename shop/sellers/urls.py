"""Addresses under /shop/sellers/."""

from django.urls import path

from shop.sellers import views

app_name = "shop-sellers"
urlpatterns = [path("<str:slug>/", views.seller, name="seller")]
