"""What stands around the text of a post."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Model, prefetch_related_objects
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page

from cms.streams import Keys, Things, chosen, filled
from news.posts.company import Company, company_of
from news.posts.links import linked, with_links
from news.posts.reading import cards_of, lead_of, pictures_of
from telemetry.models import Base
from telemetry.queries import STRIP_POINTS, bases_with_devices

if TYPE_CHECKING:
    from news.posts.listing import NewsIndexPage
    from news.posts.page import NewsPage

CARD_SHAPE = "fill-1200x630|format-jpeg"
SHOWN = ("mentioned", "tags", "topics", "older", "newer", "related")
# what is read together with more of it
_READERS: dict[type[Model], Callable[[set[int]], dict[int, Any]]] = {
    Base: partial(bases_with_devices, points=STRIP_POINTS),
}
WITH_STYLES_OF_RECORDS = {"video", "base_live"}


def around(post: "NewsPage", request: HttpRequest) -> dict[str, Any]:
    """Return its trail, neighbours, related posts and structured data, and what a shared card shows."""
    from news.structured import post_data

    index = _list_of(post)
    company, blocks = _fill(post, drafted=getattr(request, "is_preview", False))
    lead = lead_of(post)
    trail = [(index.title, index.get_url(request)), (post.title, "")]
    shown = {
        "trail": trail,
        "description": post.search_description or post.intro,
        "og_type": "article",
        "structured_data": SimpleLazyObject(lambda: post_data(post, trail, request, tags=company.tags)),
        "lead": lead,
        "text": [block for block in blocks if block is not lead],
        "needs_record": any(block.block_type in WITH_STYLES_OF_RECORDS for block in blocks),
        **{name: getattr(company, name) for name in SHOWN},
    }
    _fetch_renditions(post, company)
    if post.image and not post.share_image:
        shown["share_image"] = post.image.get_rendition(CARD_SHAPE).url
    return shown


def _list_of(post: "NewsPage") -> "NewsIndexPage":
    """Return the list it stands in; a post that is only looked at before it is saved learns it here."""
    index: NewsIndexPage = post.index or post.get_parent().specific
    post.index = index
    return index


def _fill(post: "NewsPage", *, drafted: bool) -> tuple[Company, list[Any]]:
    """Return what the post names and leads to, and its blocks with all they show read at once."""
    keys = chosen(post.body)
    keys[Page] |= linked(post.body)
    company = company_of(post, keys, drafted=drafted)
    post.body = filled(post.body, {**_things(keys, company.things), **company.things})
    return company, with_links(list(post.body), company.things[Page])


def _things(keys: Keys, known: Things) -> Things:
    """Return what was chosen beside what is known already. 1 query for each kind of thing."""
    own = {model: wanted for model, wanted in keys.items() if model not in known}
    return {
        model: _READERS.get(model, model._default_manager.in_bulk)(wanted) for model, wanted in own.items()
    }


def _fetch_renditions(post: "NewsPage", company: Company) -> None:
    """Read the renditions of all pictures of the page at once. 1 query, none without a picture."""
    things = [post, *company.mentioned, *company.related, *cards_of(post)]
    pictures = [thing.image for thing in things if thing.image]
    pictures += [related.square_image for related in company.related if related.square_image]
    pictures += pictures_of(post)
    if pictures:
        prefetch_related_objects(pictures, "renditions")
