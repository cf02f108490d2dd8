"""Promotions of the hall: the calendar of the year, what is on now, coupons to claim, a set, a gift."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from demo.load.county import County
from shop.catalogue.models import Product
from shop.promotions.campaigns import schedule
from shop.promotions.coupons import Handed, set_coupon
from shop.promotions.models import Campaign
from shop.promotions.setting import Wanted, set_offer

_TERMS = ("kind", "by_count", "times", "limit", "priority", "gift_quantity", "provinces")
_HANDED = ("audience", "quantity", "per_person", "valid_days", "code")


def add_promotions(county: County) -> None:
    """Add campaigns, then the promotions and coupons in them or beside them."""
    words = county.content("promotions")
    at = timezone.now()
    campaigns = {said["name"]: _campaign(county, said, at=at) for said in words["campaign"]}
    for said in words["offer"]:
        set_offer(wanted=_wanted(county, said, campaigns, at=at), at=at, by=None)
    for said in words["coupon"]:
        handed = Handed(**{name: said[name] for name in _HANDED if name in said})
        set_coupon(wanted=_wanted(county, said, campaigns, at=at), handed=handed, at=at, by=None)


def _campaign(county: County, said: dict[str, Any], *, at: datetime) -> Campaign:
    """Add a campaign: `days` from today, or the next time its month and day come."""
    starts, ends = _period(said, at=at)
    budget = Decimal(said["budget"]) if "budget" in said else None
    campaign = Campaign(
        region=county.region, name=said["name"], summary=said.get("summary", ""), starts_at=starts,
        ends_at=ends, budget=budget, published=True,
    )  # fmt: skip
    return schedule(campaign=campaign, at=at, by=None)


def _period(said: dict[str, Any], *, at: datetime) -> tuple[datetime, datetime]:
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    if "days" in said:
        first, last = said["days"]
        return today + timedelta(days=first), today + timedelta(days=last)
    (month, day), length = said["from"], said["length"]
    starts = today.replace(month=month, day=day)
    if starts + timedelta(days=length) <= today:
        starts = starts.replace(year=starts.year + 1)
    return starts, starts + timedelta(days=length)


def _wanted(county: County, said: dict[str, Any], campaigns: dict[str, Campaign], *, at: datetime) -> Wanted:
    campaign = campaigns.get(said.get("campaign", ""))
    starts, ends = _period({"days": said.get("days", [-30, 150])}, at=at)
    terms: dict[str, Any] = {
        name: said[name] or None if name == "times" else said[name] for name in _TERMS if name in said
    }
    return Wanted(
        region=county.region,
        name=said["name"],
        threshold=Decimal(said.get("threshold", 0)),
        value=Decimal(said.get("value", 0)),
        articles=[_article(slug) for slug in said["articles"]] if "articles" in said else None,
        gift=_article(said["gift"]) if "gift" in said else None,
        campaign=campaign,
        starts_at=None if campaign else starts,
        ends_at=None if campaign else ends,
        **terms,
    )


def _article(slug: str) -> Product:
    """Return the article of that slug, or its first variant where only that can be given away."""
    article: Product = Product.objects.get(slug=slug)
    return article
