"""Oscar's basket app with our add view."""

from typing import Any

from oscar.apps.basket.apps import BasketConfig as OscarBasketConfig


class BasketConfig(OscarBasketConfig):
    """Same label and URLs as Oscar's."""

    name = "shop.basket"

    def get_urls(self) -> list[Any]:
        """Return Oscar's URLs, none of them for a cache."""
        from shop.uncached import uncached

        return uncached(super().get_urls())
