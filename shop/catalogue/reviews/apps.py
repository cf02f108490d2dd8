"""Oscar's reviews app under our name: one list, written from the order."""

from typing import Any

from django.urls import path
from oscar.apps.catalogue.reviews.apps import CatalogueReviewsConfig as OscarCatalogueReviewsConfig


class CatalogueReviewsConfig(OscarCatalogueReviewsConfig):
    """Same label and names of URLs as Oscar's."""

    name = "shop.catalogue.reviews"

    def ready(self) -> None:
        """Load none of Oscar's views: they let anybody write."""

    def get_urls(self) -> list[Any]:
        """Return the list; Oscar's other addresses lead to it."""
        from shop.reviewing import views

        return [
            path("<int:pk>/", views.to_the_list, name="reviews-detail"),
            path("add/", views.to_the_list, name="reviews-add"),
            path("<int:pk>/vote/", views.to_the_list, name="reviews-vote"),
            path("", views.reviews_of, name="reviews-list"),
        ]
