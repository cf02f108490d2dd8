"""Addresses under /shop/orders/: the list of who is signed in, finding one, one order by its token."""

from django.urls import path

from shop.buyer import acts, find_views, views

app_name = "orders"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("find/", find_views.find, name="find"),
    path("find/code/", find_views.code, name="find-code"),
    path("<str:token>/", views.order, name="order"),
    path("<str:token>/cancel/", acts.cancel, name="cancel"),
    path("<str:token>/received/", acts.received, name="received"),
    path("<str:token>/proofs/<int:pk>/", views.proof, name="proof"),
]
