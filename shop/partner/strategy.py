"""How prices and stock are found. Oscar's own, but looking at the user only when a rule asks.

Oscar's strategy is made for every request of the whole site and asks at once whether somebody is signed
in; that reads the session, and no page could be the same for everybody (`Vary: Cookie`).
"""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from oscar.apps.partner.availability import Unavailable
from oscar.apps.partner.strategy import Default as OscarDefault
from oscar.apps.partner.strategy import Selector as OscarSelector


class NotOnSale(Unavailable):
    """Availability of what may not be sold (`shop.selling`); pages and baskets show the reason."""

    code = "not-on-sale"

    def __init__(self, reason: str | Promise) -> None:
        self.message = reason

    def is_purchase_permitted(self, quantity: int) -> tuple[bool, str | Promise]:
        """Refuse any quantity, with the reason."""
        return False, self.message


class Default(OscarDefault):
    """The maker's stock record, stock required, prices include tax, and a licence in force."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        self.request = request

    @cached_property
    def user(self) -> Any:
        """Return who is signed in, or None; looked up on first use."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    def select_stockrecord(self, product: Any) -> Any:
        """Return the stock record of the member who makes the product, else the first."""
        from shop.selling import product_of

        records = product.stockrecords.all()
        if "stockrecords" not in getattr(product, "_prefetched_objects_cache", {}):
            records = records.select_related("partner")
        made, found = product_of(product), list(records)
        of_maker = (one for one in found if made and one.partner.member_id == made.member_id)
        return next(of_maker, found[0] if found else None)

    def availability_policy(self, product: Any, stockrecord: Any) -> Any:
        """Return Oscar's policy of stock, unless the article may not be sold at all, or is sold ahead."""
        from shop.presale.availability import policy_of
        from shop.selling import why_not

        if stockrecord and (reason := why_not(product, stockrecord, on=timezone.localdate())):
            return NotOnSale(reason)
        if stockrecord and (ahead := policy_of(product, at=timezone.now())):
            return ahead
        return super().availability_policy(product, stockrecord)


class Selector(OscarSelector):
    """One strategy for everybody."""

    def strategy(self, request: HttpRequest | None = None, user: Any = None, **kwargs: Any) -> Default:
        """Return the strategy of a request."""
        return Default(request)
