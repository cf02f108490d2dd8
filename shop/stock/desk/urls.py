"""Addresses under /shop/desk/stock/."""

from django.urls import path

from shop.stock.desk import article, takes, views

urlpatterns = [
    path("", views.overview, name="stock"),
    path("takes/", takes.takes, name="stock-takes"),
    path("takes/<str:number>/", takes.take, name="stock-take"),
    path("<int:pk>/", article.article, name="stock-article"),
]
