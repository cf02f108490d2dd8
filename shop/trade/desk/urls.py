"""Addresses under /shop/desk/quotations/."""

from django.urls import path

from shop.trade.desk import views

urlpatterns = [
    path("", views.quotations, name="quotations"),
    path("<str:number>/", views.quotation, name="quotation"),
]
