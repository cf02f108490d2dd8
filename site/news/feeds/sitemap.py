"""The posts and topics of a site for search engines: sitemaps.org 0.9 with Google's news extension.

What came out in the last two days carries the extension, at most a thousand posts of it, as Google asks.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest

from news.feeds.dates import published_at, updated_at
from news.models import NewsIndexPage, NewsPage, NewsTopicPage
from news.queries import posts_under, topics_under

MOST_URLS = 50_000  # in one file
MOST_NEWS = 1_000
NEWS_FOR = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Url:
    """One post or topic; `news` says that it is new enough to be called news."""

    address: str
    title: str
    published: datetime | None
    updated: datetime | None
    news: bool


def urls_of(index: NewsIndexPage, request: HttpRequest, *, at: datetime) -> list[Url]:
    """Return the topics and posts of a list, newest first. 2 queries."""
    topics = [_topic(topic, request) for topic in topics_under(index, most=None)]
    columns = ("slug", "title", "published_on", "first_published_at", "last_published_at", "url_path")
    posts = posts_under(index).select_related(None).prefetch_related(None).defer(None).only(*columns)
    newest = posts[: MOST_URLS - len(topics)]
    return [*topics, *(_post(post, request, at, number) for number, post in enumerate(newest))]


def _post(post: NewsPage, request: HttpRequest, at: datetime, number: int) -> Url:
    published = published_at(post)
    return Url(
        address=request.build_absolute_uri(post.get_url(request)),
        title=post.title,
        published=published,
        updated=updated_at(post),
        news=published > at - NEWS_FOR and number < MOST_NEWS,
    )


def _topic(topic: NewsTopicPage, request: HttpRequest) -> Url:
    address, changed = request.build_absolute_uri(topic.get_url(request)), topic.last_published_at
    return Url(address, topic.title, published=changed, updated=changed, news=False)
