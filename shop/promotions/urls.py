"""Addresses of coupons and promotions."""

from django.urls import path

from shop.promotions import views

urlpatterns = [
    path("", views.coupons, name="shop_coupons"),
    path("sets/<int:pk>/", views.bundle, name="shop_set"),
    path("code/", views.code, name="shop_coupon_code"),
    path("<int:pk>/claim/", views.claim_coupon, name="shop_coupon_claim"),
]
