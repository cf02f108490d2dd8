"""Addresses under /brand/licences/. Words come before numbers: no number is one of them."""

from django.urls import path

from association.licences import check_views, objection_views, public_lists

urlpatterns = [
    path("", check_views.form, name="licence_check"),
    path("revoked/", public_lists.revoked, name="revoked"),
    path("publicity/", public_lists.publicity, name="publicity"),
    path("publicity/receipts/", objection_views.ask_receipt, name="objection_receipts"),
    path("publicity/receipts/<str:receipt>/", objection_views.receipt, name="objection_receipt"),
    path("publicity/<str:number>/", public_lists.published, name="published"),
    path("publicity/<str:number>/object/", objection_views.object_to_it, name="object"),
    path("<str:number>/", check_views.detail, name="licence"),
]
