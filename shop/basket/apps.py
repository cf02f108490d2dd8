"""Oscar's basket app with our add view."""

from typing import Any

from django.urls import path
from oscar.apps.basket.apps import BasketConfig as OscarBasketConfig


class BasketConfig(OscarBasketConfig):
    """Same label and URLs as Oscar's."""

    name = "shop.basket"

    def get_urls(self) -> list[Any]:
        """Return Oscar's URLs, none of them for a cache."""
        from shop.basket.views import mini
        from shop.uncached import uncached

        replaced = {"vouchers-add", "vouchers-remove", "saved"}
        urls = [url for url in super().get_urls() if url.name not in replaced]
        return uncached([*urls, path("mini/", mini, name="mini")])
