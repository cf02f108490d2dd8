"""Oscar's offer app under our name."""

from oscar.apps.offer.apps import OfferConfig as OscarOfferConfig


class OfferConfig(OscarOfferConfig):
    """Same label and URLs as Oscar's."""

    name = "shop.offer"
