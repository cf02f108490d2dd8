"""Readers of posts: how often they were opened, who gets the letter of the week, last Friday's letter."""

from datetime import date, timedelta
from zlib import crc32

from demo.load.county import County
from news.counting.popular import find_popular
from news.counting.views import count_views
from news.digests.making import last_due, make_digest
from news.digests.sending import send_waiting
from news.digests.subscribing import ask, confirm, confirmation_key
from news.models import NewsPage

READERS = ("fang", "hu", "luo", "qin", "tan")
SUBSCRIBED = timedelta(days=16)
MOST_A_DAY = 90


def add_readers(county: County) -> None:
    """Count readers of each post, fewer from day to day; let people subscribe, send last Friday's letter."""
    posts = NewsPage.objects.descendant_of(county.home).values_list("pk", "slug", "published_on")
    today = county.calendar.day(0)
    count_views(
        {
            key: number
            for pk, slug, day in posts
            for key, number in _days(pk, slug, day, until=today)
            if number
        }
    )
    find_popular(on=today)
    _subscribe(county)
    _last_letter(county)


def _days(pk: int, slug: str, since: date, *, until: date) -> list[tuple[tuple[date, int], int]]:
    first = MOST_A_DAY // 3 + crc32(slug.encode()) % MOST_A_DAY
    ages = range((until - since).days + 1)
    return [((since + timedelta(days=age), pk), first // (1 + age)) for age in ages]


def _subscribe(county: County) -> None:
    """Let some people say yes twice, and the last of them only once so far."""
    *sure, newest = (f"{name}.{county.slug}@example.org" for name in READERS)
    at = county.calendar.at - SUBSCRIBED
    for email in sure:
        if asked := ask(region=county.region, email=email, at=at):
            confirm(confirmation_key(asked, at=at), at=at)
    ask(region=county.region, email=newest, at=county.calendar.at)


def _last_letter(county: County) -> None:
    """Send last Friday's letter; the mail of a demonstration goes nowhere."""
    due = last_due(county.calendar.at)
    if make_digest(region=county.region, due_at=due, at=due):
        send_waiting(at=county.calendar.at)
