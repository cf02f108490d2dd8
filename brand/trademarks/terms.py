"""The terms of trademarks: Trademark Law of the People's Republic of China, articles 33, 39 and 40.

A registration holds for ten years. It is renewed within the twelve months before its last day; where that was
missed, within six months after it (宽展期). Each renewal adds ten years to the old last day.
"""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

YEARS = 10
RENEWAL_MONTHS = 12  # before the last day
GRACE_MONTHS = 6  # after it
OPPOSITION_MONTHS = 3  # after publication


class Term(StrEnum):
    """Where a registration stands in its term."""

    RUNNING = "running"
    RENEWABLE = "renewable"
    GRACE = "grace"
    LAPSED = "lapsed"


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later (or earlier), the last of the month where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_day(registered_on: date) -> date:
    """Return the last day of the first term: registered on 14 June 2015, it ends on 13 June 2025."""
    return months_later(registered_on, 12 * YEARS) - timedelta(days=1)


def renewed(expires_on: date) -> date:
    """Return the last day of the term after the one that ends on `expires_on`."""
    return months_later(expires_on + timedelta(days=1), 12 * YEARS) - timedelta(days=1)


def renewal_opens(expires_on: date) -> date:
    """Return the first day on which a term may be renewed."""
    return months_later(expires_on, -RENEWAL_MONTHS)


def grace_ends(expires_on: date) -> date:
    """Return the last day on which a term that has ended may still be renewed."""
    return months_later(expires_on, GRACE_MONTHS)


def opposition_ends(published_on: date) -> date:
    """Return the last day on which others may object to a published application."""
    return months_later(published_on, OPPOSITION_MONTHS)


def term(expires_on: date, *, on: date) -> Term:
    """Return where a registration that holds until `expires_on` stands on that day."""
    if on > grace_ends(expires_on):
        return Term.LAPSED
    if on > expires_on:
        return Term.GRACE
    return Term.RENEWABLE if on >= renewal_opens(expires_on) else Term.RUNNING
