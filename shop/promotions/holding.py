"""Coupons in hand: which coupons somebody holds and may use now. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lib.phone import InvalidPhone, normalise_phone
from shop.order.models import Order
from shop.promotions.deals import Deal, kept
from shop.promotions.models import HeldCoupon
from shop.voucher.models import Voucher


@dataclass(frozen=True, slots=True)
class InHand:
    """A coupon in hand. `refused` says why it cannot be used now; `provisional`: the phone decides yet."""

    pk: int
    deal: Deal
    code: str
    expires_at: datetime
    refused: str = ""
    provisional: bool = False

    @property
    def usable(self) -> bool:
        """Tell whether it may be used now."""
        return not self.refused

    @property
    def expires_first(self) -> float:
        """Return the rank among equals: what expires first is used first."""
        return -self.expires_at.timestamp()


def unused(*, basket: Any, user: Any) -> QuerySet[HeldCoupon]:
    """Return the coupons of a person and of the basket that were not used."""
    whose = Q()
    if user is not None and user.is_authenticated:
        whose = Q(user=user)
        if user.phone:  # what was given to the number before it had an account
            whose |= Q(user=None, basket=None, phone=str(user.phone))
    if basket is not None and basket.pk:
        of_basket = Q(basket=basket.pk, user=None)
        whose = whose | of_basket if whose else of_basket
    found = HeldCoupon.objects.filter(whose) if whose else HeldCoupon.objects.none()
    return found.filter(used_at=None)


def in_hand(*, basket: Any, user: Any, phone: str, at: datetime) -> list[InHand]:
    """Return what is held, usable or not. At most three queries, none if nobody holds anything."""
    deals = {deal.voucher_id: deal for deal in kept() if deal.voucher_id}
    if not deals:
        return []
    held = unused(basket=basket, user=user).filter(expires_at__gt=at).select_related("voucher")
    coupons = [(one, deals[one.voucher_id]) for one in held if one.voucher_id in deals]
    wanted = {one.voucher.region_id for one, _deal in coupons if one.voucher.audience == Voucher.Audience.NEW}
    known = bool(phone) or (user is not None and user.is_authenticated)
    old = bought_in(wanted, user=user, phone=phone) if wanted else set()
    return [_in_hand(one, deal, old=old, known=known, at=at) for one, deal in coupons]


def bought_in(regions: set[int | None], *, user: Any, phone: str) -> set[int | None]:
    """Return the counties in which the person or the number ordered before. One query.

    What was cancelled does not count.
    """
    who = Q()
    if user is not None and user.is_authenticated:
        who |= Q(user=user)
        phone = phone or str(user.phone or "")
    if phone:
        who |= Q(phone=_same(phone))
    if not who:
        return set()
    orders = Order.objects.filter(who, region__in=regions).exclude(state=Order.State.CANCELLED)
    return set(orders.values_list("region_id", flat=True))


def _in_hand(one: HeldCoupon, deal: Deal, *, old: set[int | None], known: bool, at: datetime) -> InHand:
    new_only = one.voucher.audience == Voucher.Audience.NEW
    refused = ""
    if not deal.holds(at=at):
        refused = _("It is over.") if deal.ends_at and deal.ends_at <= at else _("Not valid yet.")
    elif new_only and deal.region_id in old:
        refused = _("Only for the first order here.")
    return InHand(one.pk, deal, one.voucher.code, one.expires_at, refused, provisional=new_only and not known)


def _same(phone: str) -> str:
    """Return the number as orders have it."""
    try:
        return normalise_phone(phone)
    except InvalidPhone:
        return phone
