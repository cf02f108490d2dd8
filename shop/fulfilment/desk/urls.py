"""Addresses under /shop/desk/orders/."""

from django.urls import path

from shop.fulfilment.desk import acts, lists, pages, papers

urlpatterns = [
    path("", lists.orders, name="orders"),
    path("pick/", lists.pick, name="pick"),
    path("pick.pdf", papers.pick_list, name="pick-list"),
    path("parcels/<str:number>/", pages.parcel, name="parcel"),
    path("parcels/<str:number>/add/", acts.add, name="parcel-add"),
    path("parcels/<str:number>/remove/", acts.remove, name="parcel-remove"),
    path("parcels/<str:number>/unpack/", acts.unpack, name="parcel-unpack"),
    path("parcels/<str:number>/send/", acts.send, name="parcel-send"),
    path("parcels/<str:number>/arrived/", acts.arrived, name="parcel-arrived"),
    path("parcels/<str:number>/waybill.pdf", papers.waybill, name="parcel-waybill"),
    path("<str:number>/", pages.consignment, name="consignment"),
    path("<str:number>/pack/", acts.begin, name="consignment-pack"),
]
