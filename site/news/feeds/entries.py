"""What feeds tell: the same of every format."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid5

from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.drawings import static_art, theme_of
from news.categories import Category
from news.feeds.content import content
from news.feeds.dates import published_at, updated_at
from news.models import NewsIndexPage, NewsPage, NewsPageTag
from news.queries import posts_under

ENTRIES = 20
COVER = "fill-1200x630|format-jpeg"  # the picture of the shared card: made already
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # by XML 1.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One post. `id` stays the same whatever its title, date, address or county's host become."""

    id: str
    url: str
    title: str
    summary: str
    content: str
    author: str
    labels: tuple[str, ...]
    image: str
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest posts of a list, all or of one category."""

    id: str
    title: str
    subtitle: str
    url: str
    icon: str
    publisher: str
    updated: datetime | None
    entries: tuple[Entry, ...]


def feed_of(index: NewsIndexPage, request: HttpRequest, *, category: str = "") -> Feed:
    """Return the feed of a list. 3 queries, and up to four for each post whose text shows things."""
    region = getattr(request, "region", None)
    look = theme_of(region)
    posts = posts_under(index, category=category).defer(None).select_related("share_image", "image")
    tagged = Prefetch("tagged_items", NewsPageTag.objects.select_related("tag"))
    entries = tuple(_entry(post, request) for post in posts.prefetch_related(tagged)[:ENTRIES])
    label = f" · {Category(category).label}" if category else ""
    home = request.build_absolute_uri(index.get_url(request))
    return Feed(
        id=f"urn:uuid:{uuid5(index.translation_key, category) if category else index.translation_key}",
        title=clear(f"{look.name}{_('Fengtu')} · {index.title}{label}"),
        subtitle=clear(index.intro or look.about),
        url=f"{home}?category={category}" if category else home,
        icon=request.build_absolute_uri(static_art(look, "icon-512.png")),
        publisher=region.full_name if region else look.name,
        updated=max((entry.updated for entry in entries), default=index.last_published_at),
        entries=entries,
    )


def entry_id(post: NewsPage) -> str:
    """Return the name of a post for ever (RFC 4151 needs a host that may change; this needs none)."""
    return f"urn:uuid:{post.translation_key}"


def _entry(post: NewsPage, request: HttpRequest) -> Entry:
    url = request.build_absolute_uri(post.get_url(request))
    picture = post.share_image or post.image
    return Entry(
        id=entry_id(post),
        url=url,
        title=clear(post.title),
        summary=clear(post.intro),
        content=clear(content(post.body, base=url)),
        author=clear(post.author),
        labels=(str(post.get_category_display()), *(item.tag.name for item in post.tagged_items.all())),
        image=request.build_absolute_uri(picture.get_rendition(COVER).url) if picture else "",
        published=published_at(post),
        updated=updated_at(post),
    )


def clear(text: str) -> str:
    """Return the text without characters that XML does not know, not even as references."""
    return _FORBIDDEN.sub("", text)
