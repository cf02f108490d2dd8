"""Oscar's search app with our views."""

from oscar.apps.search.apps import SearchConfig as OscarSearchConfig


class SearchConfig(OscarSearchConfig):
    """Same label and URLs as Oscar's."""

    name = "shop.search"
