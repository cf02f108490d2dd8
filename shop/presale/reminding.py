"""Reminders of a balance: three days and one day before its end, each once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from shop.order.models import Order
from shop.presale.models import Booking, Presale
from shop.presale.telling import tell_balance

DAYS_BEFORE: Final = (3, 1)


def remind(*, at: datetime) -> int:
    """Remind whoever has not paid the balance yet; return how many were to be told.

    A step is told by whichever run comes first after it; of two that passed meanwhile only the last is.
    """
    told = 0
    for booking, step in _due(at):
        tell_balance(booking, at=at, step=f"{step}d")
        told += 1
    return told


def _due(at: datetime) -> Iterator[tuple[Booking, int]]:
    unpaid = Booking.objects.filter(
        presale__state=Presale.State.HARVEST,
        presale__balance_until__gt=at,
        presale__balance_until__lte=at + timedelta(days=max(DAYS_BEFORE)),
        held=True,
        order__state=Order.State.RESERVED,
    )
    for booking in unpaid.select_related("order__user", "presale"):
        left = (booking.presale.balance_until or at) - at
        step = min(step for step in DAYS_BEFORE if left <= timedelta(days=step))
        yield booking, step
