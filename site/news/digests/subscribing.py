"""Asking for the letter of the week, saying so a second time, leaving.

An address gets nothing before its owner has said so from the address itself (double opt-in); who leaves, or
never says so, leaves no trace.
"""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F, Q

from brand.models import Region
from news.digests.models import Subscription

GOOD_FOR: Final = timedelta(hours=48)  # how long a confirmation letter may lie unread
APART: Final = timedelta(minutes=10)  # between two confirmation letters to one address
MOST_LETTERS: Final = 3  # to one address in the time one is good for: nobody's mailbox is filled from here

_signer = Signer(salt="news.digests")


class UnknownSubscription(LookupError):
    """No such subscription: it was left, never confirmed in time, or its address was made up."""


class TooLate(ValueError):
    """The confirmation letter is older than two days."""


def ask(*, region: Region, email: str, at: datetime) -> Subscription | None:
    """Note that somebody asks for the letter at this address; return it where a confirmation letter is due.

    An address that just got one, or has had enough of them, gets none: None. Two who ask for the same address
    at once make one row and one letter: the update lets one through.
    """
    email = email.strip().lower()
    new = {"token": secrets.token_urlsafe(24), "asked_at": at}
    subscription, _made = Subscription.objects.get_or_create(region=region, email=email, defaults=new)
    same = Subscription.objects.filter(pk=subscription.pk)
    same.filter(letter_at__lt=at - GOOD_FOR).update(letters=0)
    rested = Q(letter_at=None) | Q(letter_at__lte=at - APART)
    due = same.filter(rested, letters__lt=MOST_LETTERS)
    if not due.update(letters=F("letters") + 1, letter_at=at, asked_at=at):
        return None
    subscription.refresh_from_db()
    return subscription


def unsent(subscription: Subscription) -> None:
    """Note that the confirmation letter could not be sent: another may be asked for at once."""
    Subscription.objects.filter(pk=subscription.pk).update(letter_at=None)


def confirmation_key(subscription: Subscription, *, at: datetime) -> str:
    """Return what stands in the address of the confirmation letter."""
    return _signer.sign(f"{subscription.token}.{int(at.timestamp())}")


def asking(key: str, *, at: datetime) -> Subscription:
    """Return the subscription a confirmation letter is about, with its county.

    Raises:
        TooLate: the letter is older than two days.
        UnknownSubscription: the address was left meanwhile, or the key is none of ours.
    """
    try:
        token, _, written = _signer.unsign(key).rpartition(".")
    except BadSignature as error:
        raise UnknownSubscription(key) from error
    if at.timestamp() - int(written) > GOOD_FOR.total_seconds():
        raise TooLate
    return _of(token)


def confirm(key: str, *, at: datetime) -> Subscription:
    """Take the second yes; who says it twice is in once.

    Raises:
        TooLate: the letter is older than two days.
        UnknownSubscription: the address was left meanwhile, or the key is none of ours.
    """
    subscription = asking(key, at=at)
    waiting = Subscription.objects.filter(pk=subscription.pk, confirmed_at=None)
    waiting.update(confirmed_at=at, letters=0, letter_at=None)
    return subscription


def subscribed(token: str) -> Subscription:
    """Return the subscription with this secret, with its county.

    Raises:
        UnknownSubscription: there is none; whoever left has none any more.
    """
    return _of(token)


def leave(token: str) -> None:
    """Forget an address at once, with what was sent to it. A second time does nothing."""
    Subscription.objects.filter(token=token).delete()


def forget_unconfirmed(*, at: datetime) -> int:
    """Forget the addresses whose owners did not say so a second time; return how many."""
    with transaction.atomic():
        forgotten, _ = Subscription.objects.filter(confirmed_at=None, asked_at__lt=at - GOOD_FOR).delete()
    return forgotten


def _of(token: str) -> Subscription:
    found = Subscription.objects.filter(token=token).select_related("region__site").first()
    if found is None:
        raise UnknownSubscription(token)
    return found
