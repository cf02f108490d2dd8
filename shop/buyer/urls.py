"""Addresses under /shop/orders/: the list of who is signed in, finding one, one order by its token."""

from django.urls import path

from shop.buyer import views

app_name = "orders"
urlpatterns = [
    path("<str:token>/", views.order, name="order"),
]
