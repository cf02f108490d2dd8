"""Oscar's catalogue app with our models and views."""

from oscar.apps.catalogue.apps import CatalogueConfig as OscarCatalogueConfig


class CatalogueConfig(OscarCatalogueConfig):
    """Same label and URLs as Oscar's."""

    name = "shop.catalogue"
