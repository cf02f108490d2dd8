"""Oscar's dashboard app, forked so that the class loader finds our forms below it."""

from oscar.apps.dashboard.apps import DashboardConfig as OscarDashboardConfig


class DashboardConfig(OscarDashboardConfig):
    """Same label and URLs as Oscar's."""

    name = "shop.dashboard"
