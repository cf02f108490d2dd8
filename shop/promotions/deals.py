"""The promotions of all halls as they are counted: read once, kept until something public changes.

Pricing a basket then asks nothing of the database about promotions, however many there are. Times are
judged when they are counted, so that a campaign begins and ends to the second.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import get_language

from changes.kept import kept as _kept
from shop.offer.models import ConditionalOffer

Kind = ConditionalOffer.Kind
BUNDLE, RATE, SPEND_SAVE, GIFT, FREIGHT = (
    str(kind.value) for kind in (Kind.BUNDLE, Kind.RATE, Kind.SPEND_SAVE, Kind.GIFT, Kind.FREIGHT)
)


class Sold(Protocol):
    """What a deal must know of a thing that is sold."""

    article_id: int
    parent_id: int | None
    region_id: int | None
    seller_id: int | None


@dataclass(frozen=True, slots=True)
class Deal:
    """One promotion. `articles` None: all of the county or seller. `value` is yuan, or per cent for RATE.

    `times`: how often in one order, None for as often as it fits. A deal of a coupon has its voucher.
    """

    pk: int
    name: str
    kind: str
    region_id: int | None
    seller_id: int | None
    articles: frozenset[int] | None
    titles: tuple[tuple[int, str], ...]
    by_count: bool
    threshold: Decimal
    value: Decimal
    times: int | None
    priority: int
    provinces: frozenset[str]
    starts_at: datetime | None
    ends_at: datetime | None
    gift_id: int | None = None
    gift_quantity: int = 1
    gift_title: str = ""
    voucher_id: int | None = None
    campaign_id: int | None = None
    limited: bool = False

    def covers(self, row: Sold) -> bool:
        """Tell whether the promotion speaks of this article."""
        if row.region_id != self.region_id or (self.seller_id and row.seller_id != self.seller_id):
            return False
        return self.articles is None or row.article_id in self.articles or row.parent_id in self.articles

    def holds(self, *, at: datetime) -> bool:
        """Tell whether it is in force at that moment."""
        begun = self.starts_at is None or self.starts_at <= at
        return begun and (self.ends_at is None or at < self.ends_at)

    def reaches(self, district_code: str) -> bool:
        """Tell whether it holds where the parcel goes; without a district only what holds everywhere does."""
        return not self.provinces or any(
            district_code.startswith(area) for area in self.provinces if district_code
        )


def kept() -> tuple[Deal, ...]:
    """Return all promotions that are open, whatever the hour. No query while nothing public changes."""
    return _kept.get(("deals", get_language()), lambda: tuple(read()))


def in_force(*, at: datetime, region_id: int | None = None) -> list[Deal]:
    """Return the promotions everybody has at that moment, of one county or of all."""
    return [
        deal
        for deal in kept()
        if deal.voucher_id is None and deal.holds(at=at) and region_id in (None, deal.region_id)
    ]


def read() -> list[Deal]:
    """Return all open promotions. Four queries."""
    offers = (
        ConditionalOffer.objects.filter(status=ConditionalOffer.OPEN)
        .exclude(region=None)
        .select_related("condition__range", "benefit__gift__parent", "campaign")
        .prefetch_related("condition__range__included_products__parent", "vouchers")
        .order_by("-priority", "pk")
    )
    return [deal_of(offer) for offer in offers if _in_force(offer)]


def deal_of(offer: ConditionalOffer) -> Deal:
    """Return the promotion as it is counted."""
    condition, benefit = offer.condition, offer.benefit
    articles, titles = articles_of(condition.range)
    voucher = next(iter(offer.vouchers.all()), None) if offer.is_voucher_offer_type else None
    return Deal(
        pk=offer.pk,
        name=voucher.name if voucher else offer.name,
        kind=offer.kind,
        region_id=offer.region_id,
        seller_id=offer.seller_id,
        articles=articles,
        titles=titles,
        by_count=condition.type == condition.COUNT,
        threshold=condition.value or Decimal(0),
        value=benefit.value or Decimal(0),
        times=offer.max_basket_applications,
        priority=offer.priority,
        provinces=frozenset(filter(None, offer.provinces.split(","))),
        starts_at=voucher.start_datetime if voucher else offer.start_datetime,
        ends_at=voucher.end_datetime if voucher else offer.end_datetime,
        gift_id=benefit.gift_id,
        gift_quantity=benefit.gift_quantity,
        gift_title=benefit.gift.get_title() if benefit.gift else "",
        voucher_id=voucher.pk if voucher else None,
        campaign_id=offer.campaign_id,
        limited=offer.max_global_applications is not None,
    )


def articles_of(scope: Any) -> tuple[frozenset[int] | None, tuple[tuple[int, str], ...]]:
    """Return the articles of a range with their titles, None for all.

    Oscar's categories and exclusions are not used: an operator lists articles, or takes all.
    """
    if scope is None or scope.includes_all_products:
        return None, ()
    found = sorted(scope.included_products.all(), key=lambda article: article.pk)
    return frozenset(one.pk for one in found), tuple((one.pk, one.get_title()) for one in found)


def _in_force(offer: ConditionalOffer) -> bool:
    """Tell whether the campaign of the offer is published, where it has one."""
    return offer.campaign is None or offer.campaign.published
