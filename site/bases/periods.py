"""What the page of a base can look back on: a day, a week, a season; in hours, or in days of a season."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils import timezone

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LONGEST_SEASON = timedelta(days=366)
WITHOUT_BATCH = timedelta(days=180)
HARVESTED_LATELY = timedelta(days=60)


class Period(StrEnum):
    """How far the page looks back."""

    DAY = "day"
    WEEK = "week"
    SEASON = "season"

    @classmethod
    def of(cls, text: str) -> "Period":
        """Return the period of that name, the day for any other."""
        return cls(text) if text in set(cls) else cls.DAY


@dataclass(frozen=True, slots=True)
class Stretch:
    """Moments that make one line of the table."""

    label: date
    moments: Sequence[date]


def hours_until(now: datetime, count: int) -> list[datetime]:
    """Return the beginnings of `count` hours up to the running one, as aware times of UTC offset as `now`."""
    last = now.replace(minute=0, second=0, microsecond=0)
    return [last - back * HOUR for back in reversed(range(count))]


def days_between(first: date, last: date) -> list[date]:
    """Return the days, both ends included."""
    return [first + number * DAY for number in range((last - first) // DAY + 1)]


def season_start(grown: Iterable[tuple[date | None, date | None]], *, today: date) -> date:
    """Return when the season of a base began, from planting and harvest of its batches.

    It began with the earliest planting of what grows or was harvested lately; at most a year ago, and half a
    year ago where nothing is known.
    """
    lately = today - HARVESTED_LATELY
    planted = [
        first
        for first, harvest in grown
        if first and first < today and (harvest is None or harvest >= lately)
    ]
    return max(min(planted, default=today - WITHOUT_BATCH), today - LONGEST_SEASON)


def stretches(period: Period, moments: Sequence[Any]) -> list[Stretch]:
    """Return the lines of the table: each hour of a day, each day of a week, each week of a season."""
    if period is Period.DAY:
        return [Stretch(moment, [moment]) for moment in moments]
    if period is Period.WEEK:
        days: dict[date, list[datetime]] = {}
        for moment in moments:
            days.setdefault(timezone.localdate(moment), []).append(moment)
        return [Stretch(day, hours) for day, hours in days.items()]
    return [Stretch(moments[start], moments[start : start + 7]) for start in range(0, len(moments), 7)]
