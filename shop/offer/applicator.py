"""No amounts are worked out while a request is read: `shop.pricing` does it where they are shown."""

from typing import Any

from oscar.apps.offer.applicator import Applicator as OscarApplicator


class Applicator(OscarApplicator):
    """Oscar's hook of every request and form of the basket; it costs nothing here."""

    def apply(self, basket: Any, user: Any = None, request: Any = None) -> None:
        """Do nothing: promotions are counted by `shop.promotions` alone."""

    def get_offers(self, basket: Any, user: Any = None, request: Any = None) -> list[Any]:
        """Return none, for Oscar's messages about promotions just missed; ours are in the quote."""
        return []
