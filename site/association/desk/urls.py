"""Addresses under /members/. Each area adds one line: its own addresses, below a word of its own."""

from django.urls import include, path

from association.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("licences/", include("association.licences.desk.urls")),
    path("downloads/", include("association.downloads.desk_urls")),
    path("findings/", include("association.inspections.urls")),
    path("codes/", include("association.codes.urls")),
    path("batches/", include("association.codes.batch_urls")),
    path("packaging/", include("association.packaging.urls")),
]
