"""The confirmation of an order: in the inbox of who is signed in, by e-mail where one was given, by SMS.

An order that waits for its payment sends no SMS: the number is not proved, and who pays is told then. What
is paid at the door or by transfer is confirmed by SMS at once, to one number so many times a day.
"""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from lib.guessing import Guesses
from lib.phone import masked_phone
from notices.send import ON_SITE, NotSent, send_notice
from shop.order.models import Order
from shop.payments.models import Payment

logger = logging.getLogger(__name__)
KIND = "order_placed"
_A_DAY = Guesses("shop.ordering.confirmed", allowed=6, window=86_400)
BY_HAND = ("on_delivery", "transfer")


def tell_placed(order_pk: int, *, at: datetime) -> None:
    """Confirm an order wherever its buyer reads; called again, nothing goes out twice."""
    order = Order.objects.select_related("user", "region").get(pk=order_pk)
    for to in _addresses(order, at=at):
        try:
            send_notice(
                kind=KIND,
                to=to,
                context=_words(order),
                at=at,
                user=order.user,
                key=f"{KIND}-{order.pk}-{'sms' if to.startswith('+') else to[:40]}",
                url=_path(order),
            )
        except NotSent:
            logger.warning("order %s was not confirmed to one address", order.number)


def _addresses(order: Order, *, at: datetime) -> list[str]:
    found = [ON_SITE] if order.user else []
    email = order.guest_email or (order.user.email if order.user else "")
    if email:
        found.append(email)
    if order.phone and _is_paid_by_hand(order) and not _too_often(order.phone, at):
        found.append(order.phone)
    return found


def _is_paid_by_hand(order: Order) -> bool:
    return Payment.objects.filter(due__order=order, gateway__in=BY_HAND).exists()


def _too_often(phone: str, at: datetime) -> bool:
    """Tell whether this number was confirmed to often enough today: nobody is to be pestered through us."""
    mark = _A_DAY.mark(phone, at=at)
    if _A_DAY.used_up(mark):
        logger.warning("no SMS to %s: too many orders in one day", masked_phone(phone))
        return True
    _A_DAY.note(mark)
    return False


def _words(order: Order) -> dict[str, Any]:
    return {
        "number": order.number,
        "total": f"{order.total_incl_tax:.2f}",
        "hall": order.region.name if order.region else "",
        "url": settings.PUBLIC_BASE_URL + _path(order),
    }


def _path(order: Order) -> str:
    return reverse("orders:order", args=[order.token])
