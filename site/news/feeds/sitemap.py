"""The posts and topics of a site for search engines: sitemaps.org 0.9 with Google's news extension.

What came out in the last two days carries the extension, at most a thousand posts of it, as Google asks.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.http import HttpRequest

from news.feeds.dates import published_at, updated_at
from news.feeds.entries import clear
from news.models import NewsIndexPage
from news.queries import posts_under, topics_under

CONTENT_TYPE = "application/xml"
MOST_URLS = 50_000  # in one file
MOST_NEWS = 1_000
NEWS_FOR = timedelta(days=2)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n'
)


class _Post(NamedTuple):
    """What is read of a post; twenty thousand of them are no place for whole pages."""

    slug: str
    title: str
    published_on: date
    first_published_at: datetime | None
    last_published_at: datetime | None


def sitemap(index: NewsIndexPage, request: HttpRequest, *, name: str, at: datetime) -> bytes:
    """Return the document of a list whose news are published by `name`. 2 queries."""
    return f"{_HEAD}{''.join(_urls(index, request, name, at))}</urlset>".encode()


def _urls(index: NewsIndexPage, request: HttpRequest, name: str, at: datetime) -> Iterator[str]:
    topics = topics_under(index, most=None)
    for topic in topics:
        changed = topic.last_published_at.isoformat() if topic.last_published_at else ""
        yield _url(request.build_absolute_uri(topic.get_url(request)), changed)
    home = request.build_absolute_uri(index.get_url(request))
    columns = posts_under(index).select_related(None).prefetch_related(None).defer(None)
    rows = columns.values_list(*_Post._fields)[: MOST_URLS - len(topics)]
    for number, post in enumerate(map(_Post._make, rows)):
        published = published_at(post)
        is_news = number < MOST_NEWS and published > at - NEWS_FOR
        news = _news(name, post.title, published) if is_news else ""
        yield _url(f"{home}{post.published_on:%Y}/{quote(post.slug)}/", updated_at(post).isoformat(), news)


def _url(address: str, changed: str, news: str = "") -> str:
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{escape(address)}</loc>{lastmod}{news}</url>\n"


def _news(name: str, title: str, published: datetime) -> str:
    return (
        f"<news:news><news:publication><news:name>{escape(name)}</news:name>"
        "<news:language>zh-cn</news:language></news:publication>"
        f"<news:publication_date>{published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(clear(title))}</news:title></news:news>"
    )
