"""Addresses under /shop/ that are the hall's own; Oscar's come behind them."""

from django.urls import include, path

urlpatterns = [
    path("desk/", include("shop.desk.urls")),
    path("orders/", include("shop.buyer.urls")),
    path("reviews/", include("shop.reviewing.urls")),
    path("questions/", include("shop.questions.urls")),
    path("sellers/", include("shop.sellers.urls")),
    path("pay/", include("shop.payments.urls")),
]
