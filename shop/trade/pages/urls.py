"""Addresses under /shop/trade/."""

from django.urls import path

from shop.trade.pages import asking, views

app_name = "trade"
urlpatterns = [
    path("", views.home, name="home"),
    path("apply/", views.apply_page, name="apply"),
    path("ask/", asking.ask_page, name="ask"),
    path("quotations/<str:number>/", views.quotation, name="quotation"),
]
