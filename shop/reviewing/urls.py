"""Addresses under /shop/reviews/: reviews are written from an order."""

from django.urls import path

from shop.reviewing import views

app_name = "shop-reviews"
urlpatterns = [
    path("<str:token>/", views.of_order, name="order"),
    path("<str:token>/<int:line>/", views.write, name="write"),
]
