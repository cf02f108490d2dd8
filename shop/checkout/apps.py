"""Oscar's checkout app with our one page in place of its steps."""

from typing import Any

from django.shortcuts import redirect
from django.urls import path
from oscar.apps.checkout.apps import CheckoutConfig as OscarCheckoutConfig


class CheckoutConfig(OscarCheckoutConfig):
    """Same label as Oscar's; the addresses of its steps lead to the page."""

    name = "shop.checkout"

    def get_urls(self) -> list[Any]:
        """Return the page, "buy now", and Oscar's names leading to the page; none of them for a cache."""
        from shop.checkout import views
        from shop.uncached import uncached

        steps = super().get_urls()
        for step in steps:
            step.callback = _to_the_page
        ours = [
            path("", views.checkout, name="index"),
            path("buy/<int:pk>/", views.buy, name="buy"),
        ]
        return uncached(ours + [step for step in steps if step.name != "index"])


def _to_the_page(request: Any, **_keys: Any) -> Any:
    return redirect("checkout:index")
