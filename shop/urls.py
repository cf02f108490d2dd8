"""Addresses under /shop/ that are the hall's own; Oscar's come behind them."""

from django.urls import include, path

from shop.halls.views import hall, halls
from shop.tracking.views import push

urlpatterns = [
    path("", hall, name="home"),
    path("halls/", halls, name="halls"),
    path("desk/", include("shop.desk.urls")),
    path("orders/", include("shop.buyer.urls")),
    path("coupons/", include("shop.promotions.urls")),
    path("claims/", include("shop.aftersales.urls")),
    path("presales/", include("shop.presale.urls")),
    path("stations/", include("shop.county_post.urls")),
    path("tracking/push/", push, name="tracking-push"),
    path("reviews/", include("shop.reviewing.urls")),
    path("questions/", include("shop.questions.urls")),
    path("sellers/", include("shop.sellers.urls")),
    path("pay/", include("shop.payments.urls")),
    path("trade/", include("shop.trade.pages.urls")),
]
