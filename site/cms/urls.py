"""Addresses of what every site has: fragments for pages, files for machines."""

from django.urls import path

from cms import machines, visitor

app_name = "cms"
urlpatterns = [  # below /fragments/
    path("visitor/", visitor.visitor, name="visitor"),
]
machine_urlpatterns = [
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("manifest.webmanifest", machines.manifest, name="manifest"),
]
