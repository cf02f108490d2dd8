"""Addresses under /brand/; /brand/ itself and other pages below it are Wagtail's."""

from django.urls import include, path

app_name = "association"
urlpatterns = [
    path("members/", include("association.members.urls")),
    path("join/", include("association.joining.urls")),
    path("licences/", include("association.licences.urls")),
    path("activities/", include("association.activities.urls")),
    path("rules/", include("association.rules.urls")),
    path("press/", include("association.press.urls")),
    path("", include("association.downloads.urls")),
    path("vi/", include("association.vi.urls")),
]
