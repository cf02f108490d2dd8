"""A pre-sale whose every booking is paid or ended is over; its article is sold like any other."""

from datetime import datetime

from django.db import transaction

from shop.order.models import Order
from shop.presale.models import Presale
from shop.presale.states import PresaleRefused, move


def close_settled(*, at: datetime) -> int:
    """Close the harvested pre-sales for whose balance nobody has time any more; return how many."""
    over = Presale.objects.filter(state=Presale.State.HARVEST, balance_until__lt=at)
    return sum(_close(presale, at) for presale in over.select_related("region"))


def _close(presale: Presale, at: datetime) -> bool:
    if presale.bookings.filter(held=True, order__state=Order.State.RESERVED).exists():
        return False  # a gateway has not answered yet
    try:
        with transaction.atomic():
            move(presale, Presale.State.CLOSED, verb="closed", at=at, by=None)
    except PresaleRefused:
        return False
    return True
