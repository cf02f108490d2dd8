"""The activity calendar (活动日历): a campaign sets the dates of its promotions and coupons."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from changes.outbox import record
from shop.promotions.models import Campaign


class NotScheduled(ValueError):
    """The campaign was not saved; the text says why. Nothing was changed."""


def schedule(*, campaign: Campaign, at: datetime, by: User | None) -> Campaign:
    """Save a campaign, new or changed; everything in it begins and ends with it, to the second.

    Raises:
        NotScheduled: it ends before it begins.
    """
    if campaign.ends_at <= campaign.starts_at:
        raise NotScheduled(_("It ends before it begins."))
    with transaction.atomic():
        verb = "changed" if campaign.pk else "made"
        campaign.save()
        campaign.offers.update(start_datetime=campaign.starts_at, end_datetime=campaign.ends_at)
        campaign.coupons.update(start_datetime=campaign.starts_at, end_datetime=campaign.ends_at)
        record_act(campaign, verb, by=by, at=at)
        record(campaign, region=campaign.region.slug)
    return campaign


def remove(*, campaign: Campaign, by: User | None, at: datetime) -> None:
    """Take a campaign that has not begun out of the calendar; its promotions keep their dates.

    Raises:
        NotScheduled: it has begun: end it instead.
    """
    if campaign.published and campaign.starts_at <= at:
        raise NotScheduled(_("It has begun. Set its end instead: orders name its promotions."))
    with transaction.atomic():
        record(campaign, region=campaign.region.slug)
        campaign.offers.update(status="Suspended")
        campaign.delete()
