"""Addresses under /shop/stations/: the staff's pages, and the lines for everybody."""

from django.urls import path

from shop.county_post import views

app_name = "stations"
urlpatterns = [
    path("", views.station, name="station"),
    path("lines/", views.lines, name="lines"),
    path("find/", views.find, name="find"),
    path("handing-out/", views.handing_out, name="handing-out"),
    path("parcels/<str:waybill>/", views.parcel, name="parcel"),
    path("parcels/<str:waybill>/scan/", views.scanned, name="scan"),
]
