"""What waits to be done in the hall, with the way to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brand.models import Region
from shop.aftersales.models import Claim
from shop.catalogue.reviews.models import ProductReview
from shop.models import Question, SellerPaper
from shop.order.models import Order
from shop.sellers.showing import ENDING_DAYS
from shop.stock.low import low

LATE = timedelta(hours=48)  # to send, from the payment on


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits: how often, of it how often too long, and where it is done."""

    label: Promise | str
    count: int
    late: int = 0
    url: str = ""


def waiting(region: Region | None, *, at: datetime) -> list[Waiting]:
    """Return what waits in one county or in all, what is urgent first. About ten queries."""
    return list(_rows(region, at))


def to_ship(region: Region | None) -> QuerySet[Order]:
    """Return the orders that are to be sent."""
    states = [Order.State.TO_SEND, Order.State.PARTLY_SENT]
    return _of(Order.objects.filter(state__in=states), region, "region")


def _rows(region: Region | None, at: datetime) -> Iterator[Waiting]:
    ship, today = to_ship(region), timezone.localdate(at)
    late = ship.filter(paid_at__lt=at - LATE).count()
    yield Waiting(_("Orders to send"), ship.count(), late, _list("shop-orders", "state=to_send", region))
    claims = _of(Claim.objects.filter(closed_at=None), region, "line__order__region")
    overdue = claims.filter(due_at__lt=at).count()
    yield Waiting(_("After-sales claims open"), claims.count(), overdue, _list("shop-claims", "", None))
    short = _of(low(), region, "partner__member__region")
    yield Waiting(_("Articles low in stock"), short.count(), short.filter(left__lte=0).count())
    unpaid = _of(Order.objects.filter(state=Order.State.UNPAID), region, "region")
    yield Waiting(_("Orders not paid yet"), unpaid.count(), 0, _list("shop-orders", "state=unpaid", region))
    reviews = _of(
        ProductReview.objects.filter(status=ProductReview.FOR_MODERATION),
        region,
        "product__brand_product__region",
    )
    yield Waiting(_("Reviews to look at"), reviews.count(), 0, _list("shop-reviews-desk", "status=0", None))
    asked = Question.objects.filter(state=Question.State.WAITING)
    asked = _of(asked, region, "article__brand_product__region")
    answer = _list("shop-questions-desk", "state=waiting", None)
    yield Waiting(_("Questions to answer"), asked.count(), 0, answer)
    ending = SellerPaper.objects.filter(valid_to__lte=today + timedelta(days=ENDING_DAYS))
    over = _of(ending.filter(valid_to__lt=today), region, "partner__member__region").count()
    papers = _of(ending, region, "partner__member__region").count()
    yield Waiting(_("Papers of sellers that end"), papers, over, _list("shop-papers", "", None))


def _of(rows: QuerySet[Any], region: Region | None, field: str) -> QuerySet[Any]:
    return rows.filter(**{field: region}) if region is not None else rows


def _list(viewset: str, query: str, region: Region | None) -> str:
    """Return the address of a list of the back office, "" where there is none."""
    try:
        address = reverse(f"{viewset}:index")
    except NoReverseMatch:
        return ""
    parts = [query, f"region={region.pk}" if region is not None else ""]
    asked = "&".join(part for part in parts if part)
    return f"{address}?{asked}" if asked else address
