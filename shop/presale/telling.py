"""What buyers of a pre-sale hear: the balance is due, the harvest is late, it does not come."""

from datetime import datetime

from django.utils import timezone

from shop.presale.models import Booking, PresaleDelay
from shop.telling import tell_buyer


def tell_balance(booking: Booking, *, at: datetime, step: str = "due") -> None:
    """Tell a buyer that the balance is due; `step` tells the first notice from the reminders."""
    due = booking.order.dues.get(kind="balance")
    until = f"{timezone.localtime(due.closes_at):%Y-%m-%d %H:%M}"
    context = {"title": booking.presale.title, "amount": str(due.amount), "until": until, "step": step}
    key = f"presale-balance:{booking.pk}:{step}"
    tell_buyer(booking.order, kind="presale_balance", context=context, at=at, key=key)


def tell_delay(delay: PresaleDelay, *, at: datetime) -> None:
    """Tell everybody who booked before a delay of the new window and of the way out, each once."""
    context = {
        "title": delay.presale.title,
        "now_from": f"{delay.now_from:%Y-%m-%d}",
        "now_to": f"{delay.now_to:%Y-%m-%d}",
        "why": delay.reason,
    }
    told = Booking.objects.filter(presale=delay.presale_id, held=True, confirmed_at__isnull=False)
    for booking in told.select_related("order__user"):
        key = f"presale-delay:{delay.pk}:{booking.pk}"
        tell_buyer(booking.order, kind="presale_delay", context=context, at=at, key=key)


def tell_cancelled(booking: Booking, *, at: datetime) -> None:
    """Tell a buyer that the harvest was cancelled and the money is on its way back."""
    context = {"title": booking.presale.title, "why": booking.presale.cancel_reason}
    key = f"presale-cancelled:{booking.pk}"
    tell_buyer(booking.order, kind="presale_cancelled", context=context, at=at, key=key)


def tell_lapsed(booking: Booking, *, kept: bool, at: datetime) -> None:
    """Tell a buyer that the balance was not paid in time, and what becomes of the deposit."""
    context = {"title": booking.presale.title, "kept": kept}
    tell_buyer(
        booking.order, kind="presale_lapsed", context=context, at=at, key=f"presale-lapsed:{booking.pk}"
    )
