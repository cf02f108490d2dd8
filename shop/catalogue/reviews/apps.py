"""Oscar's reviews app under our name."""

from oscar.apps.catalogue.reviews.apps import CatalogueReviewsConfig as OscarCatalogueReviewsConfig


class CatalogueReviewsConfig(OscarCatalogueReviewsConfig):
    """Same label and URLs as Oscar's."""

    name = "shop.catalogue.reviews"
