"""What pages show of promotions: tags on cards, a block beside the price, coupons and calendar of the hall.

All of it is the same for everybody and kept until something public changes (`shop.parts`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from brand.models import Region
from shop import selling
from shop.catalogue.models import Product
from shop.promotions import sentences
from shop.promotions.claiming import CLAIMABLE
from shop.promotions.counting import Row
from shop.promotions.deals import BUNDLE, Deal, in_force, kept
from shop.promotions.models import Campaign
from shop.promotions.sets import Set, set_of
from shop.voucher.models import Voucher

CARD_TAGS = 2
AHEAD = timedelta(days=370)  # of the calendar
MOMENT = timedelta(seconds=1)  # what ends at midnight lasts until the day before


@dataclass(frozen=True, slots=True)
class Promised:
    """A promotion in words."""

    name: str
    text: str
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page of an article says: promotions in force, sets it is part of."""

    promotions: list[Promised]
    sets: list[Set]


@dataclass(frozen=True, slots=True)
class CouponCard:
    """A coupon that can be claimed."""

    pk: int
    name: str
    worth: str
    text: str
    new: bool
    gone: bool
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A campaign of the calendar. `running` it is on now."""

    name: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    running: bool
    promises: list[str]


def card_tags(region: Region | None, *, at: datetime) -> Callable[[Product], list[str]]:
    """Return the function that tells the tags of an article, without a query."""
    deals = [deal for deal in in_force(at=at, region_id=region.pk if region else None) if deal.kind != BUNDLE]

    def tags(article: Product) -> list[str]:
        row = _row(article)
        return [sentences.promise(deal) for deal in deals if deal.covers(row)][:CARD_TAGS]

    return tags


def of_article(article: Product, *, at: datetime) -> Shown | None:
    """Return the promotions of an article. Four queries if it is part of a set, else none."""
    row = _row(article)
    here = [deal for deal in in_force(at=at, region_id=row.region_id) if deal.covers(row)]
    promised = [promised_by(deal) for deal in here if deal.kind != BUNDLE]
    sets = [one for deal in here if deal.kind == BUNDLE and (one := set_of(deal))]
    return Shown(promised, sets) if promised or sets else None


def coupons(region: Region, *, at: datetime) -> list[CouponCard] | None:
    """Return the coupons the hall gives out now. One query."""
    deals = {deal.voucher_id: deal for deal in kept() if deal.voucher_id and deal.holds(at=at)}
    found = Voucher.objects.filter(region=region, audience__in=CLAIMABLE, pk__in=deals).order_by(
        "-audience", "pk"
    )
    return [coupon_card(one, deals[one.pk]) for one in found] or None


def calendar(region: Region, *, at: datetime) -> list[CalendarEntry] | None:
    """Return the campaigns that are on or come within a year. One query."""
    found = Campaign.objects.filter(
        region=region, published=True, ends_at__gt=at, starts_at__lt=at + AHEAD
    ).order_by("starts_at")
    deals = [deal for deal in kept() if deal.region_id == region.pk and deal.campaign_id]
    return [_entry(one, deals, at=at) for one in found] or None


def promised_by(deal: Deal) -> Promised:
    """Return a promotion in words."""
    return Promised(deal.name, sentences.promise(deal), deal.ends_at and deal.ends_at - MOMENT)


def coupon_card(voucher: Voucher, deal: Deal) -> CouponCard:
    """Return a coupon as it is shown where it is claimed."""
    return CouponCard(
        pk=voucher.pk,
        name=voucher.name,
        worth=sentences.worth(deal),
        text=sentences.promise(deal),
        new=voucher.audience == Voucher.Audience.NEW,
        gone=voucher.quantity is not None and voucher.claimed >= voucher.quantity,
        ends_at=voucher.end_datetime - MOMENT,
    )


def _entry(campaign: Campaign, deals: list[Deal], *, at: datetime) -> CalendarEntry:
    promises = [f"{sentences.promise(deal)}" for deal in deals if deal.campaign_id == campaign.pk]
    return CalendarEntry(
        campaign.name,
        campaign.summary,
        campaign.starts_at,
        campaign.ends_at - MOMENT,
        campaign.starts_at <= at,
        promises,
    )


def _row(article: Product) -> Row:
    licensed = selling.product_of(article)
    partner = next(iter(article.stockrecords.all()), None)
    children = article.get_public_children() if article.is_parent and partner is None else ()
    for child in children:
        partner = partner or next(iter(child.stockrecords.all()), None)
    return Row(
        article.pk,
        article.parent_id,
        licensed.region_id if licensed else None,
        partner.partner_id if partner else None,
        Decimal(0),
        1,
    )
