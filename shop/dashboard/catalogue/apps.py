"""Oscar's catalogue dashboard with our product form."""

from oscar.apps.dashboard.catalogue.apps import CatalogueDashboardConfig as OscarCatalogueDashboardConfig


class CatalogueDashboardConfig(OscarCatalogueDashboardConfig):
    """Same label and URLs as Oscar's."""

    name = "shop.dashboard.catalogue"
