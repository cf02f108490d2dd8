"""`/news/feed.xml`, `/news/feed.json`, `/news/sitemap.xml`: for programs, the same for everybody."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Site

from changes.kept import Kept
from cms.drawings import theme_of
from news.categories import Category
from news.feeds import atom, json_feed, sitemap
from news.feeds.entries import Feed, feed_of
from news.models import NewsIndexPage

# host names come from visitors, so few are kept
_kept: Final = Kept(most=128)


@dataclass(frozen=True, slots=True)
class _Document:
    body: bytes
    changed: datetime | None

    @property
    def etag(self) -> str:
        return f'"{blake2b(self.body, digest_size=12).hexdigest()}"'


@require_safe
@cache_control(public=True, max_age=300)
def atom_feed(request: HttpRequest) -> HttpResponseBase:
    """Answer the newest posts as Atom."""
    return _feed(request, atom.atom, atom.CONTENT_TYPE)


@require_safe
@cache_control(public=True, max_age=300)
def json_feed_(request: HttpRequest) -> HttpResponseBase:
    """Answer the newest posts as JSON Feed."""
    return _feed(request, json_feed.json_feed, json_feed.CONTENT_TYPE)


@require_safe
@cache_control(public=True, max_age=300)
def news_sitemap(request: HttpRequest) -> HttpResponse:
    """Answer all posts, those of the last two days as news."""

    def made() -> bytes:
        look = theme_of(getattr(request, "region", None))
        name = f"{look.name}{_('Fengtu')}"
        return sitemap.sitemap(_index(request), request, name=name, at=timezone.now())

    key = (request.scheme, request.get_host(), request.path)
    return HttpResponse(_kept.get(key, made), content_type=sitemap.CONTENT_TYPE)


def _feed(request: HttpRequest, write: Callable[..., bytes], content_type: str) -> HttpResponseBase:
    """Answer a feed, or that it is the one the reader has (RFC 9110: ETag before the date)."""
    category = request.GET.get("category", "")
    category = category if category in Category.values else ""

    def made() -> _Document:
        feed: Feed = feed_of(_index(request), request, category=category)
        own = request.build_absolute_uri(request.path + (f"?category={category}" if category else ""))
        return _Document(write(feed, url=own), feed.updated)

    key = (request.scheme, request.get_host(), request.path, category, get_language())
    document = _kept.get(key, made)
    answer = HttpResponse(document.body, content_type=content_type, headers={"ETag": document.etag})
    changed = int(document.changed.timestamp()) if document.changed else None
    if changed is not None:
        answer["Last-Modified"] = http_date(changed)
    # any page may read the feed: it is public and knows no visitor
    answer["Access-Control-Allow-Origin"] = "*"
    return get_conditional_response(request, document.etag, changed, answer) or answer


def _index(request: HttpRequest) -> NewsIndexPage:
    """Return the list of the site asked.

    Raises:
        Http404: it has none, or only some may read it.
    """
    site = Site.find_for_request(request)
    lists = NewsIndexPage.objects.live().public()
    index = lists.child_of(site.root_page).first() if site else None
    if index is None:
        raise Http404
    return index
