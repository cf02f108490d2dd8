"""Spans of the calendar: so many months or years from a day."""

from calendar import monthrange
from datetime import date


def months_from(day: date, months: int) -> date:
    """Return the day `months` later, or earlier where negative; the 31st becomes the last day of a month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_from(day: date, years: int) -> date:
    """Return the day `years` later; 29 February becomes the 28th where there is none."""
    return months_from(day, 12 * years)
