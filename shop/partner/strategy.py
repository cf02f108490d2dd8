"""How prices and stock are found. Oscar's own, but looking at the user only when a rule asks.

Oscar's strategy is made for every request of the whole site and asks at once whether somebody is signed
in; that reads the session, and no page could be the same for everybody (`Vary: Cookie`).
"""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from oscar.apps.partner.strategy import Default as OscarDefault
from oscar.apps.partner.strategy import Selector as OscarSelector


class Default(OscarDefault):
    """First stock record, stock required, prices include tax."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        self.request = request

    @cached_property
    def user(self) -> Any:
        """Return who is signed in, or None; looked up on first use."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None


class Selector(OscarSelector):
    """One strategy for everybody."""

    def strategy(self, request: HttpRequest | None = None, user: Any = None, **kwargs: Any) -> Default:
        """Return the strategy of a request."""
        return Default(request)
