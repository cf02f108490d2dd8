"""The promotions of all halls as they are counted: read once, kept until something public changes.

Pricing a basket then asks nothing of the database about promotions, however many there are. Times are
judged when they are counted, so that a campaign begins and ends to the second.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from changes import version
from shop.catalogue.models import Product
from shop.offer.models import ConditionalOffer

KEEP_SECONDS = 30.0  # where nothing follows the outbox other processes' changes show this late
Kind = ConditionalOffer.Kind
BUNDLE, RATE, SPEND_SAVE, GIFT, FREIGHT = (
    str(kind.value) for kind in (Kind.BUNDLE, Kind.RATE, Kind.SPEND_SAVE, Kind.GIFT, Kind.FREIGHT)
)


class Sold(Protocol):
    """What a deal must know of a thing that is sold."""

    article_id: int
    parent_id: int | None
    region_id: int | None
    seller_id: int


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
    voucher_id: int | None = None
    campaign: str = ""

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
        return not self.provinces or district_code[:2] in self.provinces


class _Kept:
    deals: tuple[Deal, ...] = ()
    version = -1
    until = 0.0


def kept() -> tuple[Deal, ...]:
    """Return all promotions that are open, whatever the hour. No query while nothing public changes."""
    seen = version.seen()
    if _Kept.version != seen or _Kept.until < time.monotonic():
        _Kept.deals = tuple(read())
        _Kept.version, _Kept.until = seen, time.monotonic() + KEEP_SECONDS
    return _Kept.deals


def forget() -> None:
    """Read the promotions anew when they are asked for next."""
    _Kept.version = -1


def read() -> list[Deal]:
    """Return all open promotions. Three queries."""
    offers = (
        ConditionalOffer.objects.filter(status=ConditionalOffer.OPEN)
        .exclude(region=None)
        .select_related("condition__range", "benefit", "campaign")
        .prefetch_related("condition__range__included_products", "vouchers")
        .order_by("-priority", "pk")
    )
    return [deal_of(offer) for offer in offers if _in_force(offer)]


def deal_of(offer: ConditionalOffer) -> Deal:
    """Return the promotion as it is counted."""
    condition, benefit = offer.condition, offer.benefit
    voucher = next(iter(offer.vouchers.all()), None) if offer.is_voucher_offer_type else None
    return Deal(
        pk=offer.pk,
        name=voucher.name if voucher else offer.name,
        kind=offer.kind,
        region_id=offer.region_id,
        seller_id=offer.seller_id,
        articles=articles_of(condition.range),
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
        voucher_id=voucher.pk if voucher else None,
        campaign=offer.campaign.name if offer.campaign else "",
    )


def articles_of(scope: Any) -> frozenset[int] | None:
    """Return the articles of a range, None for all. Oscar's exclusions and categories are not used here."""
    if scope is None or scope.includes_all_products:
        return None
    return frozenset(article.pk for article in scope.included_products.all())


def _in_force(offer: ConditionalOffer) -> bool:
    """Tell whether the campaign of the offer is published, where it has one."""
    return offer.campaign is None or offer.campaign.published


def titles(articles: Any) -> list[str]:
    """Return the titles of articles by their keys, for sentences. One query."""
    found = Product.objects.filter(pk__in=articles).order_by("pk")
    return [article.get_title() for article in found.select_related("parent")]
