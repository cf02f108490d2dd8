"""Weeks from Monday to Sunday, and the months an editor's calendar shows."""

from datetime import date, timedelta

from lib.periods import months_from

DAYS = 7


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def days_from(first: date, last: date) -> list[date]:
    """Return the days of a span, both ends included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def days_of_week(day: date) -> list[date]:
    """Return the seven days of a day's week."""
    monday = week_of(day)
    return days_from(monday, monday + timedelta(days=DAYS - 1))


def weeks_of_month(day: date) -> list[list[date]]:
    """Return the weeks that hold a day of this month, whole ones."""
    first = day.replace(day=1)
    last = months_from(first, 1) - timedelta(days=1)
    monday, count = week_of(first), (week_of(last) - week_of(first)).days // DAYS + 1
    return [days_of_week(monday + timedelta(days=DAYS * number)) for number in range(count)]
