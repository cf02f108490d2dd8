"""Claiming a coupon (领券): so many there are, so many each person, whoever presses at the same moment."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.models import User
from changes.outbox import record
from shop.promotions.holding import bought_in
from shop.promotions.models import HeldCoupon
from shop.voucher.models import Voucher

CLAIMABLE = (Voucher.Audience.EVERYBODY, Voucher.Audience.NEW)


class NotClaimed(ValueError):
    """The coupon was not claimed; the text says why. Nothing was changed."""


class AlreadyHeld(NotClaimed):
    """The person has as many as one person gets."""


class AllGone(NotClaimed):
    """The last one went to somebody else."""


def claim(*, voucher: Voucher, user: User | None, basket: Any, at: datetime, code: str = "") -> HeldCoupon:
    """Put a coupon into the hand of a person, or of a guest's basket (saved if it is new).

    Raises:
        NotClaimed: see its kinds.
    """
    who = user if user is not None and user.is_authenticated else None
    if voucher.audience not in CLAIMABLE and not (
        voucher.audience == Voucher.Audience.CODE and code.upper() == voucher.code
    ):
        raise NotClaimed(_("This coupon is not given out here."))
    if not voucher.start_datetime <= at < voucher.end_datetime or not _in_force(voucher):
        raise NotClaimed(_("This coupon is not given out now."))
    if (
        voucher.audience == Voucher.Audience.NEW
        and who
        and bought_in({voucher.region_id}, user=who, phone="")
    ):
        raise NotClaimed(_("Only for the first order here."))
    if who is None and not basket.pk:
        basket.save()
    return give(voucher=voucher, user=who, basket=None if who else basket, at=at)


def give(
    *,
    voucher: Voucher,
    user: User | None,
    basket: Any = None,
    phone: str = "",
    occasion: str = "",
    at: datetime,
) -> HeldCoupon:
    """Hand one coupon out and count it. Two presses at once take one: the turn is unique in a hand.

    Raises:
        AlreadyHeld: the person, basket or occasion has its share.
        AllGone: there is none left.
    """
    mine = voucher.held.filter(Q(user=user) if user else Q(basket=getattr(basket, "pk", None), user=None))
    turn = mine.count() + 1 if user or basket else 1
    if turn > voucher.per_person and not occasion:
        raise AlreadyHeld(_("You have this coupon already."))
    try:
        with transaction.atomic():
            held = HeldCoupon.objects.create(
                voucher=voucher, user=user, basket=basket, phone=phone, turn=turn, occasion=occasion,
                claimed_at=at, expires_at=_expires(voucher, at=at),
            )  # fmt: skip
            _count(voucher)
            return held
    except IntegrityError:
        raise AlreadyHeld(_("You have this coupon already.")) from None


def _count(voucher: Voucher) -> None:
    """Take one from those that are left. Compare-and-set: of two that want the last one gets it."""
    left = Q(quantity=None) | Q(claimed__lt=F("quantity"))
    if not Voucher.objects.filter(left, pk=voucher.pk).update(claimed=F("claimed") + 1):
        raise AllGone(_("All coupons of this kind were claimed."))
    voucher.refresh_from_db(fields=["claimed"])
    if voucher.quantity is not None and voucher.claimed >= voucher.quantity:
        record(voucher, region=voucher.region.slug if voucher.region else "")  # pages say that all are gone


def _in_force(voucher: Voucher) -> bool:
    return voucher.campaign is None or voucher.campaign.published


def _expires(voucher: Voucher, *, at: datetime) -> datetime:
    """Return until when it can be used: so many days, at most the last day of the coupon."""
    last: datetime = voucher.end_datetime
    return min(last, at + timedelta(days=voucher.valid_days)) if voucher.valid_days else last
