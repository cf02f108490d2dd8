"""Ten years, twelve months before, six months after: articles 39 and 40 of the Trademark Law."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brand.trademarks.reminders import step
from brand.trademarks.terms import (
    Term,
    grace_ends,
    last_day,
    months_later,
    opposition_ends,
    renewal_opens,
    renewed,
    term,
)

ENDS = date(2025, 6, 13)
DATES = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def test_ten_years_end_the_day_before_their_anniversary() -> None:
    assert last_day(date(2015, 6, 14)) == ENDS
    assert renewed(ENDS) == date(2035, 6, 13)


def test_a_registration_of_29_february_ends_on_the_day_before_the_last_of_february() -> None:
    assert last_day(date(2016, 2, 29)) == date(2026, 2, 27)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 6, 12), Term.RUNNING),
        (date(2024, 6, 13), Term.RENEWABLE),
        (ENDS, Term.RENEWABLE),
        (date(2025, 6, 14), Term.GRACE),
        (date(2025, 12, 13), Term.GRACE),
        (date(2025, 12, 14), Term.LAPSED),
    ],
)
def test_where_a_term_stands(day: date, expected: Term) -> None:
    assert term(ENDS, on=day) == expected


def test_the_windows() -> None:
    assert renewal_opens(ENDS) == date(2024, 6, 13)
    assert grace_ends(date(2025, 8, 31)) == date(2026, 2, 28)
    assert opposition_ends(date(2025, 11, 30)) == date(2026, 2, 28)


@settings(max_examples=50, deadline=None)
@given(DATES, st.integers(-24, 24))
def test_months_keep_the_day_or_take_the_last_of_the_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@settings(max_examples=50, deadline=None)
@given(DATES)
def test_terms_follow_one_another_without_a_gap(ends: date) -> None:
    after = renewed(ends)
    # 29 February has an anniversary every fourth year: then a day is lost to the end of the month, never more
    assert 0 <= (months_later(ends, 120) - after).days + 1 <= 2
    assert term(after, on=ends) == Term.RUNNING


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 6, 12), ""),
        (date(2024, 6, 13), "12"),
        (date(2024, 12, 12), "12"),
        (date(2024, 12, 13), "6"),
        (date(2025, 5, 13), "1"),
        (ENDS, "1"),
        (date(2025, 6, 14), "ended"),
        (date(2025, 11, 13), "last"),
        (date(2025, 12, 13), "last"),
        (date(2025, 12, 14), ""),
    ],
)
def test_which_reminder_is_due(day: date, expected: str) -> None:
    assert step(ENDS, on=day) == expected
