"""Scans summed up for the back office: by day, by province, by product. Three queries over `ScanDay`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce

from record.models import ScanDay

MOST_DAYS = 60  # bars of the chart: the newest
_BAR, _GAP, _HEIGHT = 12, 4, 120  # px


@dataclass(frozen=True, slots=True)
class Count:
    """How often something was scanned: for the first time, and again."""

    name: str
    first: int
    repeat: int
    other: int = 0

    @property
    def total(self) -> int:
        """Scans of codes in use."""
        return self.first + self.repeat


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of the chart, in px from the top left: the whole bar and the part of first scans in it."""

    day: date
    count: Count
    x: int
    y: float
    height: float
    first_y: float
    first_height: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What a page of figures shows."""

    bars: tuple[Bar, ...]
    most: int
    provinces: tuple[Count, ...]
    products: tuple[Count, ...]
    total: Count
    width: int
    height: int = _HEIGHT
    bar: int = _BAR


def figures(days: QuerySet[ScanDay]) -> Figures:
    """Sum `days` up."""
    days = days.order_by()
    by_day = {row["day"]: _count(str(row["day"]), row) for row in _sums(days, "day").order_by("day")}
    provinces = tuple(_count(row["province"], row) for row in _ranked(_sums(days, "province")))
    named = _sums(days, product_name=F("product__name"))
    products = tuple(_count(row["product_name"], row) for row in _ranked(named))
    bars, most = _bars(by_day)
    return Figures(
        bars=bars,
        most=most,
        provinces=provinces,
        products=products,
        total=Count(
            "",
            sum(count.first for count in by_day.values()),
            sum(count.repeat for count in by_day.values()),
            sum(count.other for count in by_day.values()),
        ),
        width=max(1, len(bars)) * (_BAR + _GAP),
    )


def _sums(days: QuerySet[ScanDay], *names: str, **expressions: F) -> QuerySet:
    sums = {f"sum_{name}": Coalesce(Sum(name), 0) for name in ("first", "repeat", "other")}
    return days.values(*names, **expressions).annotate(**sums)


def _ranked(rows: QuerySet) -> QuerySet:
    return rows.annotate(all=F("sum_first") + F("sum_repeat")).order_by("-all")[:40]


def _count(name: str, row: dict) -> Count:
    return Count(name, row["sum_first"], row["sum_repeat"], row["sum_other"])


def _bars(by_day: dict[date, Count]) -> tuple[tuple[Bar, ...], int]:
    """Return a bar for every day up to the newest, days without a scan among them, and the longest."""
    if not by_day:
        return (), 0
    days = _days(min(by_day), max(by_day))
    counts = [by_day.get(day, Count(str(day), 0, 0)) for day in days]
    most = max(1, *(count.total for count in counts))
    bars = (
        _bar(day, count, place, _HEIGHT / most)
        for place, (day, count) in enumerate(zip(days, counts, strict=True))
    )
    return tuple(bars), most


def _bar(day: date, count: Count, place: int, scale: float) -> Bar:
    height, first = count.total * scale, count.first * scale
    return Bar(
        day=day,
        count=count,
        x=place * (_BAR + _GAP),
        y=round(_HEIGHT - height, 1),
        height=round(height, 1),
        first_y=round(_HEIGHT - first, 1),
        first_height=round(first, 1),
    )


def _days(oldest: date, newest: date) -> Sequence[date]:
    begin = max(oldest, newest - timedelta(days=MOST_DAYS - 1))
    return [begin + timedelta(days=count) for count in range((newest - begin).days + 1)]
