"""Oscar's dashboard app under the one sign-in, and the place where the class loader finds our forms."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, reverse
from oscar.apps.dashboard.apps import DashboardConfig as OscarDashboardConfig

# what the back office does now: Oscar's addresses stay names that lead there, and write nothing
REPLACED: Final = {
    "orders/": "shop-orders:index",
    "reviews/": "shop-reviews-desk:index",
    "reports/": "shop-overview:index",
    "offers/": "shop-promotions:index",
    "vouchers/": "shop-coupons:index",
    "pages/": "shop-overview:index",  # pages are Wagtail's
    "comms/": "shop-overview:index",  # our notices have templates of their own
}


class DashboardConfig(OscarDashboardConfig):
    """Same label and URLs as Oscar's."""

    name = "shop.dashboard"

    def get_urls(self) -> list[Any]:
        """Return Oscar's URLs with sign-in, sign-out and what the back office does replaced."""
        from shop import signin

        ours = {"login": signin.to_sign_in, "logout": signin.to_sign_out}
        urls = super().get_urls()
        for url in urls:
            if (name := getattr(url, "name", None)) in ours:
                url.callback = ours[name]
            if isinstance(url, URLResolver) and (place := REPLACED.get(str(url.pattern))):
                _lead(url, place)
        return urls


def _lead(group: URLResolver, place: str) -> None:
    """Let every address of a group lead to one place of the back office."""
    for url in group.url_patterns:
        if isinstance(url, URLPattern):
            url.callback = _leader(place)
        else:
            _lead(url, place)


def _leader(place: str) -> Callable[..., HttpResponseRedirect]:
    def leader(request: HttpRequest, **_key: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse(place))

    return leader
