"""Django's names for the hall: our own app and Oscar's root app."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from oscar.config import Shop as OscarShop


class ShopConfig(AppConfig):
    """The specialty hall, on Oscar."""

    name = "shop"
    label = "fengtu_shop"
    verbose_name = _("Shop")

    def ready(self) -> None:
        """Listen to Oscar's models."""
        from shop import changes

        changes.listen()


class HallConfig(OscarShop):
    """Oscar's root app; passwords are reset where people sign in, not in the shop."""

    name = "oscar"

    def get_urls(self) -> list[Any]:
        """Return Oscar's URLs with the password pages leading to the one sign-in."""
        from shop.signin import to_password_reset

        urls = super().get_urls()
        for url in urls:
            if str(url.pattern).startswith("password-reset/"):
                url.callback = to_password_reset
        return urls
