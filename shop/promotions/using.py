"""Using up what an order was priced with: its coupons, and promotions that are limited in number."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from changes.outbox import record
from shop.offer.models import ConditionalOffer
from shop.order.models import Order
from shop.promotions.models import HeldCoupon
from shop.voucher.models import Voucher

BACK_FOR = timedelta(days=7)  # a coupon that comes back is valid for this long at least


class CouponRefused(ValueError):
    """A coupon or a limited promotion was used up meanwhile; nothing of the order was kept."""


def use(*, order: Order, discounts: Any, at: datetime) -> None:
    """Use up the coupons and limited promotions behind `discounts` for `order`, in its transaction.

    No query without coupons and limits. A coupon is used by compare-and-set, so that of two windows one
    gets it. A guest is known by the phone number only, so the coupon is locked while its uses by that number
    are counted.

    Raises:
        CouponRefused: somebody or another window was first.
    """
    for discount in discounts:
        if discount.held_id:
            _use_coupon(order, discount.held_id, at=at)
        elif discount.limited:
            _use_offer(discount.offer_id, discount.times)


def give_back(*, order: Order, at: datetime) -> None:
    """Give back what the order used: nothing of it will be sent, or all of it was refunded. Call it once."""
    for held in HeldCoupon.objects.select_for_update().filter(order=order, used_at__isnull=False):
        held.used_at, held.order = None, None
        held.expires_at = max(held.expires_at, at + BACK_FOR)
        held.save(update_fields=["used_at", "order", "expires_at"])
    for used in order.discounts.filter(voucher_id=None, offer_id__isnull=False):
        offers = ConditionalOffer.objects.filter(
            pk=used.offer_id,
            max_global_applications__isnull=False,
            num_applications__gte=used.frequency or 1,
        )
        offers.update(num_applications=F("num_applications") - (used.frequency or 1))
        _reopen(used.offer_id)


def _reopen(offer_id: int) -> None:
    """Let a promotion that was used up count again, now that a use came back."""
    left = ConditionalOffer.objects.filter(
        pk=offer_id,
        status=ConditionalOffer.CONSUMED,
        num_applications__lt=F("max_global_applications"),
    )
    if left.update(status=ConditionalOffer.OPEN):
        offer = ConditionalOffer.objects.select_related("region").get(pk=offer_id)
        record(offer, region=offer.region.slug if offer.region else "")


def _use_coupon(order: Order, held_id: int, *, at: datetime) -> None:
    held = HeldCoupon.objects.select_related("voucher").filter(pk=held_id).first()
    if held is None:
        raise CouponRefused(_("The coupon is gone."))
    if held.user_id is None:
        _require_first_of_number(order, held.voucher)
    facts = {"used_at": at, "order": order, "phone": order.phone}
    if not HeldCoupon.objects.filter(pk=held.pk, used_at=None, expires_at__gt=at).update(**facts):
        raise CouponRefused(_("The coupon was used already or is over."))


def _require_first_of_number(order: Order, voucher: Voucher) -> None:
    """Refuse what the phone number of a guest has used as often as one person may."""
    Voucher.objects.select_for_update(of=("self",)).get(pk=voucher.pk)
    used = HeldCoupon.objects.filter(voucher=voucher, phone=order.phone, used_at__isnull=False).count()
    if order.phone and used >= voucher.per_person:
        raise CouponRefused(_("This phone number has used the coupon already."))


def _use_offer(offer_id: int, times: int) -> None:
    """Count uses of a limited promotion, at most as many as there are."""
    open_ = ConditionalOffer.objects.filter(
        pk=offer_id, num_applications__lte=F("max_global_applications") - times
    )
    if not open_.update(num_applications=F("num_applications") + times):
        raise CouponRefused(_("A promotion in your basket has just ended."))
    offer = ConditionalOffer.objects.select_related("region").get(pk=offer_id)
    if offer.num_applications >= offer.max_global_applications:
        ConditionalOffer.objects.filter(pk=offer_id).update(status=ConditionalOffer.CONSUMED)
        record(offer, region=offer.region.slug if offer.region else "")
