"""Oscar's dashboard app under the one sign-in, and the place where the class loader finds our forms."""

from typing import Any

from oscar.apps.dashboard.apps import DashboardConfig as OscarDashboardConfig


class DashboardConfig(OscarDashboardConfig):
    """Same label and URLs as Oscar's."""

    name = "shop.dashboard"

    def get_urls(self) -> list[Any]:
        """Return Oscar's URLs with sign-in and sign-out replaced."""
        from shop import signin

        ours = {"login": signin.to_sign_in, "logout": signin.to_sign_out}
        urls = super().get_urls()
        for url in urls:
            if (name := getattr(url, "name", None)) in ours:
                url.callback = ours[name]
        return urls
