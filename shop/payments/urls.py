"""Addresses of paying: pages under `/shop/pay/`, and where gateways report (no language)."""

from django.urls import path

from shop.payments import notify_views, views
from shop.payments.sandbox import views as sandbox
from shop.payments.wechat import views as wechat

machine_urlpatterns = [
    path("payments/notify/<slug:code>/", notify_views.notify, name="payment-notify"),
]

app_name = "payments"
urlpatterns = [
    path("wechat/openid/", wechat.openid, name="openid"),
    path("sandbox/<str:number>/", sandbox.counter, name="sandbox"),
    path("<str:token>/", views.pay, name="pay"),
    path("<str:token>/state/", views.state, name="state"),
    path("<str:token>/check/", views.check, name="check"),
]
