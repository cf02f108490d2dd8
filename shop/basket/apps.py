"""Oscar's basket app with our add view."""

from oscar.apps.basket.apps import BasketConfig as OscarBasketConfig


class BasketConfig(OscarBasketConfig):
    """Same label and URLs as Oscar's."""

    name = "shop.basket"
