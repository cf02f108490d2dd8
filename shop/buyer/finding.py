"""Finding an order again: its number, the phone number it was placed with, and a code sent to that phone.

Whether there is such an order is told only to who holds the phone: the answers before that are the same.
"""

import logging
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from brand.phones.codes import CodeRefused, confirm_code, send_code
from lib.guessing import Guesses
from lib.phone import InvalidPhone, normalise_phone
from notices.send import NotSent
from shop.order.models import Order

logger = logging.getLogger(__name__)

_GUESSES: Final = Guesses("shop.orders.find", allowed=20, window=3600)


class NotFound(LookupError):
    """No order is shown; the text says what to do."""


def ask_for_code(*, number: str, phone: str, address: str, at: datetime) -> None:
    """Send a code to `phone` if `number` is an order placed with it; the answer is the same if not.

    Raises:
        NotFound: the phone number cannot be one, or this visitor has asked too often.
    """
    mark = _checked(address, at)
    found = _order(number, phone)
    if found is None:
        _GUESSES.note(mark)
        return
    try:
        send_code(phone=found.phone, purpose=_purpose(found), at=at, address=address, user=found.user)
    except CodeRefused:
        pass  # the code sent a moment ago is still good; saying so would tell that the order is there
    except NotSent:
        logger.exception("no code was sent for order %s", found.number)


def find_order(*, number: str, phone: str, typed: str, address: str, at: datetime) -> Order:
    """Return the order to who typed the code that was sent.

    Raises:
        NotFound: a wrong code, none was sent, or this visitor has asked too often.
    """
    mark = _checked(address, at)
    found = _order(number, phone)
    try:
        if found is None:
            raise CodeRefused
        confirm_code(phone=found.phone, purpose=_purpose(found), typed=typed, at=at)
    except CodeRefused:
        _GUESSES.note(mark)
        raise NotFound(
            _("Number, phone and code do not fit together. Look at them again, or ask for a new code.")
        ) from None
    return found


def _order(number: str, phone: str) -> Order | None:
    digits = "".join(number.split()).upper()
    try:
        return Order.objects.filter(number=digits, phone=normalise_phone(phone)).first()
    except InvalidPhone as error:
        raise NotFound(str(error)) from error


def _purpose(order: Order) -> str:
    return f"order:{order.pk}"


def _checked(address: str, at: datetime) -> str:
    mark = _GUESSES.mark(address, at=at)
    if _GUESSES.used_up(mark):
        raise NotFound(_("Too many tries. Wait an hour, or call the service number below."))
    return mark
