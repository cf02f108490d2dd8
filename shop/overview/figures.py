"""What was sold and how many who came have bought, by day and by county. Six queries for any period."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate

from brand.models import Region
from shop.models import HallCount, OutsideSale
from shop.order.models import Order

MOST_DAYS: Final = 366
ZERO: Final = Decimal("0.00")


@dataclass(slots=True)
class Numbers:
    """Numbers of one day, of one county, or of everything."""

    visits: int = 0
    views: int = 0
    baskets: int = 0
    checkouts: int = 0
    orders: int = 0
    amount: Decimal = ZERO
    outside_orders: int = 0
    outside: Decimal = ZERO

    def add(self, **more: Any) -> None:
        """Add numbers."""
        for name, number in more.items():
            setattr(self, name, getattr(self, name) + number)

    @property
    def bought(self) -> str:
        """Of a hundred visits so many became an order, "" where nobody was counted."""
        return f"{100 * self.orders / self.visits:.1f}" if self.visits else ""


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a period: in all, by day, by county, by channel."""

    since: date
    until: date
    total: Numbers
    days: dict[date, Numbers]
    counties: dict[str, Numbers] = field(default_factory=dict)
    channels: dict[str, tuple[int, Decimal]] = field(default_factory=dict)


def figures(region: Region | None, *, since: date, until: date) -> Figures:
    """Return the numbers of a period, both days included; of one county or of all.

    Sold is what was ordered and not cancelled, on the day it was ordered, before refunds.
    """
    until = max(since, min(until, since + timedelta(days=MOST_DAYS - 1)))
    days = {since + timedelta(days=number): Numbers() for number in range((until - since).days + 1)}
    counties: dict[str, Numbers] = defaultdict(Numbers)
    total = Numbers()
    for day, county, more in _rows(region, since, until):
        for numbers in (total, days[day], counties[county]):
            numbers.add(**more)
    return Figures(since, until, total, days, dict(counties), _channels(region, since, until, total))


def _rows(region: Region | None, since: date, until: date) -> Iterable[tuple[date, str, dict[str, Any]]]:
    of = {"region": region} if region is not None else {}
    orders = Order.objects.exclude(state=Order.State.CANCELLED).filter(**of)
    orders = orders.annotate(day=TruncDate("date_placed")).filter(day__range=(since, until))
    sums = orders.order_by().values_list("day", "region__name").annotate(Count("pk"), Sum("total_incl_tax"))
    for day, county, number, amount in sums:
        yield day, county or "", {"orders": number, "amount": _cents(amount)}
    counted = HallCount.objects.filter(day__range=(since, until), **of).select_related("region")
    names = {"visit": "visits", "view": "views", "basket": "baskets", "checkout": "checkouts"}
    for row in counted:
        yield row.day, row.region.name, {names[row.kind]: row.count}
    outside = OutsideSale.objects.filter(day__range=(since, until))
    outside = outside.filter(hall__region=region) if region is not None else outside
    for day, county, number, amount in (
        outside.order_by().values_list("day", "hall__region__name").annotate(Sum("orders"), Sum("amount"))
    ):
        yield day, county, {"outside_orders": number, "outside": _cents(amount)}


def _cents(amount: Decimal) -> Decimal:
    """Return a sum of the database in cents: SQLite adds up with more places."""
    return amount.quantize(ZERO)


def _channels(
    region: Region | None, since: date, until: date, total: Numbers
) -> dict[str, tuple[int, Decimal]]:
    """Return orders and money by channel; "" is our own hall."""
    sold = OutsideSale.objects.filter(day__range=(since, until))
    sold = sold.filter(hall__region=region) if region is not None else sold
    rows = (
        sold.order_by("hall__platform").values_list("hall__platform").annotate(Sum("orders"), Sum("amount"))
    )
    return {"": (total.orders, total.amount)} | {
        platform: (number, _cents(amount)) for platform, number, amount in rows
    }
