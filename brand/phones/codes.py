"""Sending a code to a phone and taking it back: 6 digits, 5 tries, 15 minutes, so many an hour."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts.models import User
from brand.phones.models import PhoneCode
from lib.guessing import Guesses
from lib.phone import normalise_phone
from notices.models import Notice
from notices.send import NotSent, send_notice

GOOD_FOR: Final = timedelta(minutes=15)
PAUSE: Final = timedelta(seconds=60)  # between two codes to one number
AN_HOUR: Final = 5  # codes to one number
TRIES: Final = 5
KIND: Final = "phone_code"
# a village office signs up thirty people behind one address
_VISITORS = Guesses("brand.phones", allowed=40, window=3600)


class CodeRefused(ValueError):
    """No code was sent, or what was typed proves nothing; the text says why in plain words."""


class CodeTooSoon(CodeRefused):
    """A code went to this number less than a minute ago; `seconds` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            _("A code was sent a moment ago. Ask again in %(seconds)d seconds.") % {"seconds": seconds}
        )
        self.seconds = seconds


class TooManyCodes(CodeRefused):
    """This number, or this visitor, got as many codes as there are in an hour."""

    def __init__(self) -> None:
        super().__init__(_("Too many codes were asked for. Try again in an hour."))


class WrongCode(CodeRefused):
    """Not the code that was sent; `left` tries remain."""

    def __init__(self, left: int) -> None:
        super().__init__(
            _("That is not the code. Look at the newest message; %(left)d tries left.") % {"left": left}
        )
        self.left = left


class NoTriesLeft(CodeRefused):
    """The code was tried too often and is no good any more."""

    def __init__(self) -> None:
        super().__init__(_("This code was tried too often. Ask for a new one."))


class CodeExpired(CodeRefused):
    """No code is waiting: none was sent, it is older than 15 minutes, or it was used."""

    def __init__(self) -> None:
        super().__init__(_("This code is no longer good. Ask for a new one."))


def send_code(
    *, phone: str, purpose: str, at: datetime, address: str = "", user: User | None = None
) -> PhoneCode:
    """Send a new code to `phone` for `purpose`; call it outside of any transaction.

    `address` is the network address of who asks, counted so that nobody makes us write to strangers.
    A code that was sent before for the same purpose is no good any more.

    Raises:
        CodeTooSoon, TooManyCodes: not now.
        InvalidPhone: no such number can exist.
        NotSent: the gateway did not take it; another may be asked for at once.
    """
    number = normalise_phone(phone)
    visitor = _VISITORS.mark(address, at=at) if address else ""
    if visitor and _VISITORS.used_up(visitor):
        raise TooManyCodes
    code = f"{secrets.randbelow(1_000_000):06d}"
    sent = _noted(number, purpose, code, at)
    if visitor:
        _VISITORS.note(visitor)
    context = {"code": code, "minutes": int(GOOD_FOR.total_seconds() // 60)}
    try:
        send_notice(kind=KIND, to=number, context=context, at=at, user=user, secret=True)
    except NotSent:
        sent.delete()
        raise
    return sent


def confirm_code(*, phone: str, purpose: str, typed: str, at: datetime) -> None:
    """Take the newest code sent to `phone` for `purpose`: it is used up by this, right or not.

    Call it outside of a transaction that may roll back: a wrong try must stay counted.

    Raises:
        WrongCode, NoTriesLeft, CodeExpired: the number is not confirmed.
        InvalidPhone: no such number can exist.
    """
    number = normalise_phone(phone)
    code = PhoneCode.objects.filter(number_mark=_mark(number), purpose=purpose).first()
    if code is None or code.used_at or code.expires_at < at:
        raise CodeExpired
    waiting = PhoneCode.objects.filter(pk=code.pk, used_at=None)
    # counted before it is looked at, in one statement: guesses sent all at once are counted too
    if not waiting.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        raise NoTriesLeft
    digits = "".join(sign for sign in typed if sign.isdecimal())
    if not constant_time_compare(code.code_mark, _code_mark(number, purpose, digits)):
        left = TRIES - PhoneCode.objects.values_list("tries", flat=True).get(pk=code.pk)
        raise WrongCode(left) if left > 0 else NoTriesLeft
    if not waiting.update(used_at=at):
        raise CodeExpired


def forget_codes(*, before: datetime) -> int:
    """Delete codes sent before then, and the record of to whom; return how many. They serve for an hour."""
    Notice.objects.filter(kind=KIND, created_at__lt=before).delete()
    return PhoneCode.objects.filter(sent_at__lt=before).delete()[0]


def _noted(number: str, purpose: str, code: str, at: datetime) -> PhoneCode:
    """Write the code down, unless one went to this number a moment ago or five in the last hour."""
    mine = PhoneCode.objects.filter(number_mark=_mark(number))
    last = mine.first()
    if last and last.sent_at > at - PAUSE:
        raise CodeTooSoon(max(1, round((last.sent_at + PAUSE - at).total_seconds())))
    if mine.filter(sent_at__gt=at - timedelta(hours=1)).count() >= AN_HOUR:
        raise TooManyCodes
    try:
        with transaction.atomic():
            return PhoneCode.objects.create(
                number_mark=_mark(number),
                purpose=purpose,
                code_mark=_code_mark(number, purpose, code),
                minute=int(at.timestamp()) // 60,
                sent_at=at,
                expires_at=at + GOOD_FOR,
            )
    except IntegrityError as error:  # asked for twice at the same moment: the constraint lets one through
        raise CodeTooSoon(int(PAUSE.total_seconds())) from error


def _mark(number: str) -> str:
    return salted_hmac("brand.phones.number", number, algorithm="sha256").hexdigest()


def _code_mark(number: str, purpose: str, code: str) -> str:
    value = f"{number} {purpose} {code}"
    return salted_hmac("brand.phones.code", value, algorithm="sha256").hexdigest()
