"""Addresses of certificates and badges. Words come before numbers: no number is one of them."""

from django.urls import path

from training.certificates import badge_views, check_views, holder_views

urlpatterns = [
    path("certificates/", check_views.form, name="certificate_check"),
    path("certificates/<str:number>/", check_views.detail, name="certificate"),
    path("certificates/<str:number>/paper.pdf", holder_views.paper, name="certificate-paper"),
    path("certificates/<str:number>/badge.jwt", holder_views.badge, name="certificate-badge"),
    path("badges/issuers/<slug:region>.json", badge_views.issuer, name="issuer"),
    path("badges/revoked/<slug:region>.json", badge_views.revoked, name="revoked-badges"),
    path("badges/keys/<uuid:name>.json", badge_views.key, name="badge-key"),
    path("me/certificates/", holder_views.mine, name="my-certificates"),
]
