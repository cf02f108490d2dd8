"""Whether an article that is sold ahead can be booked, in the words of Oscar's policies."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.apps.partner.availability import Base, Unavailable

from shop.presale.running import Running, presale_of


class Bookable(Base):
    """Availability of an article that is sold ahead: the cap of the pre-sale takes the place of stock."""

    code = "bookable"

    def __init__(self, presale: Running) -> None:
        self.presale = presale
        self.message = _("Pre-sale: harvest from %(day)s") % {"day": f"{presale.harvest_from:%Y-%m-%d}"}

    @property
    def is_available_to_buy(self) -> bool:
        """Say yes: what is left is decided by the booking."""
        return True

    def is_purchase_permitted(self, quantity: int) -> tuple[bool, Any]:
        """Allow what one order may have."""
        if quantity > self.presale.most_each:
            return False, _("At most %(most)d in one order.") % {"most": self.presale.most_each}
        return True, ""


class NotBookableNow(Unavailable):
    """Availability of an article whose pre-sale is full, not yet open, or over."""

    code = "not-bookable"

    def __init__(self, reason: str) -> None:
        self.message = reason

    def is_purchase_permitted(self, quantity: int) -> tuple[bool, Any]:
        """Refuse any quantity, with the reason."""
        return False, self.message


def policy_of(product: Any, *, at: datetime) -> Bookable | NotBookableNow | None:
    """Return the policy of an article whose pre-sale runs, None for all others. No query while kept."""
    presale = presale_of(product.pk)
    if presale is None:
        return None
    if presale.can_be_booked(at):
        return Bookable(presale)
    if presale.full:
        return NotBookableNow(_("Fully booked. What the harvest brings beyond it is sold afterwards."))
    if at < presale.opens_at:
        day = timezone.localtime(presale.opens_at)
        return NotBookableNow(_("Bookable from %(day)s.") % {"day": f"{day:%Y-%m-%d %H:%M}"})
    return NotBookableNow(_("Booking is over; the harvest is awaited."))
