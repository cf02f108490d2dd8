"""A coupon for who shows a photo in a review (晒图有礼): one for each review, as long as there are any."""

from datetime import datetime

from accounts.models import User
from brand.models import Region
from shop.promotions.claiming import NotClaimed, give
from shop.promotions.models import HeldCoupon
from shop.voucher.models import Voucher


def reward_of(region: Region, *, at: datetime) -> Voucher | None:
    """Return the coupon the county gives for a review with a photo now, None without one. One query."""
    found = Voucher.objects.filter(
        region=region, audience=Voucher.Audience.REVIEWERS, start_datetime__lte=at, end_datetime__gt=at
    )
    return found.select_related("region").order_by("-pk").first()


def reward_review(
    *, review_id: int, region: Region, user: User | None, phone: str = "", at: datetime
) -> HeldCoupon | None:
    """Give the reward for a published review with a photo, once, however often this is called.

    A guest's lies at the phone number of the order until that number has an account. None: the county
    gives none, all are gone, or it was given already.
    """
    voucher = reward_of(region, at=at)
    if voucher is None or not (user or phone):
        return None
    try:
        return give(voucher=voucher, user=user, phone=phone, occasion=f"review:{review_id}", at=at)
    except NotClaimed:
        return None
