"""Addresses under /training/ that are no pages of Wagtail."""

from django.urls import URLPattern, URLResolver, include, path

from training.materials import views as materials

app_name = "training"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("training.certificates.urls")),
    path("", include("training.classes.urls")),
    path("", include("training.learning.urls")),
    path("", include("training.discussion.urls")),
    path("", include("training.talent.urls")),
    path("exams/", include("training.exams.urls")),
    path("materials/<int:pk>/", materials.material, name="material"),
    path("videos/", include("training.videos.urls")),
]
