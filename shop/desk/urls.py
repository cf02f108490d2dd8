"""Addresses under /shop/desk/. Each area adds one line: its own addresses, below a word of its own."""

from django.urls import include, path

from shop.desk import views
from shop.reviewing.desk import voices

app_name = "shop-desk"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("orders/", include("shop.fulfilment.desk.urls")),
    path("voices/", voices, name="voices"),
    path("claims/", include("shop.aftersales.desk_urls")),
    path("stock/", include("shop.stock.desk.urls")),
    path("statements/", include("shop.settlement.desk.urls")),
    path("quotations/", include("shop.trade.desk.urls")),
]
