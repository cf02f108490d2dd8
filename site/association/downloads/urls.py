"""Addresses of downloads, below /brand/vi/."""

from django.urls import path

from association.downloads import agreement, basket, views

urlpatterns = [
    path("vi/basket/", basket.basket, name="vi_basket"),
    path("vi/agreement/", agreement.agreement, name="vi_agreement"),
    path("vi/files/<int:pk>/", views.take, name="vi_file"),
    # config.asgi sends what is handed over at this address
    path("vi/download/<str:signed>/<str:name>", views.download, name="vi_download"),
]
