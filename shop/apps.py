"""Django's names for the hall: our own app and Oscar's root app."""

from typing import Any, Final

from django.apps import AppConfig, apps
from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _
from oscar.config import Shop as OscarShop
from oscar.core.application import OscarConfig


class ShopConfig(AppConfig):
    """The specialty hall, on Oscar."""

    name = "shop"
    label = "fengtu_shop"
    verbose_name = _("Shop")

    def ready(self) -> None:
        """Listen to Oscar's models."""
        from shop import changes

        changes.listen()


class DashboardName(OscarConfig):
    """The name of Oscar's dashboard and nothing else: its template tags, which Django loads, import by it."""

    name = "oscar.apps.dashboard"
    label = "dashboard"


# what buyers see of Oscar; its dashboard is not installed, see docs/adr
PARTS: Final = ("catalogue", "basket", "checkout", "customer", "search", "offer", "wishlists")
UNDER: Final = {"customer": "accounts/", "offer": "offers/"}


class HallConfig(OscarShop):
    """Oscar's root app without its dashboard; passwords are reset where people sign in, not in the shop."""

    name = "oscar"

    def ready(self) -> None:
        """Run Oscar's checks; its own `ready` asks for the dashboard."""
        import oscar.checks  # noqa: F401

    def get_urls(self) -> list[Any]:
        """Return what buyers see of Oscar; dashboard and password pages lead to where they are now."""
        from shop.signin import to_operations, to_password_reset

        return [
            *(path(UNDER.get(part, f"{part}/"), apps.get_app_config(part).urls) for part in PARTS),  # type: ignore[attr-defined]
            re_path("^dashboard/", to_operations),
            path("password-reset/", to_password_reset, name="password-reset"),
            path("password-reset/done/", to_password_reset, name="password-reset-done"),
            path(
                "password-reset/confirm/<str:uidb64>/<str:token>/",
                to_password_reset,
                name="password-reset-confirm",
            ),
            path("password-reset/complete/", to_password_reset, name="password-reset-complete"),
        ]
