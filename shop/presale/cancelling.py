"""A harvest that does not come: nobody can book any more, and everybody gets the deposit back."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from shop.order.models import Order
from shop.ordering.cancelling import NotCancellable, cancel_order
from shop.presale.models import Booking, Presale
from shop.presale.states import move
from shop.presale.telling import tell_cancelled

logger = logging.getLogger(__name__)
_OWED = (Order.State.UNPAID, Order.State.RESERVED, Order.State.TO_SEND)


def cancel_presale(*, presale: Presale, reason: str, at: datetime, by: User | None) -> int:
    """Cancel it and refund every booking that was not sent; return how many were refunded now.

    The pre-sale is cancelled first, in a transaction of its own, so that nobody books meanwhile. An order
    that could not be cancelled now is tried again by the task.

    Raises:
        PresaleRefused: it is closed or cancelled already.
    """
    with transaction.atomic():
        move(
            presale,
            Presale.State.CANCELLED,
            verb="cancelled",
            at=at,
            by=by,
            note=reason,
            cancel_reason=reason,
        )
    return refund_cancelled(presale=presale, at=at)


def refund_cancelled(*, presale: Presale, at: datetime) -> int:
    """Cancel the orders of a cancelled pre-sale that still stand, each by itself; return how many."""
    standing = Booking.objects.filter(presale=presale, held=True, order__state__in=_OWED)
    return sum(_cancelled(booking, presale, at) for booking in standing.select_related("order"))


def _cancelled(booking: Booking, presale: Presale, at: datetime) -> bool:
    reason = _("The harvest was cancelled: %(reason)s") % {"reason": presale.cancel_reason}
    try:
        cancel_order(order=booking.order, reason=reason[:200], at=at)
    except NotCancellable:
        logger.warning("order %s of a cancelled pre-sale is not cancelled yet", booking.order.number)
        return False
    tell_cancelled(booking, at=at)
    return True
