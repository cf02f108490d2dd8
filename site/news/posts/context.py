"""What stands around the text of a post."""

from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from changes.kept import kept
from news.posts.links import with_links
from news.posts.reading import lead_of, pictures_of

if TYPE_CHECKING:
    from news.posts.listing import NewsIndexPage
    from news.posts.page import NewsPage

CARD_SHAPE = "fill-1200x630|format-jpeg"
WITH_STYLES_OF_RECORDS = {"video", "base_live"}


def around(post: "NewsPage", request: HttpRequest) -> dict[str, Any]:
    """Return its trail, neighbours, related posts and structured data, and what a shared card shows."""
    from news.structured import post_data

    index = _list_of(post)
    blocks = with_links(list(post.body))
    lead = lead_of(post)
    trail = [(index.title, index.get_url(request)), (post.title, "")]
    shown = {
        "trail": trail,
        "description": post.search_description or post.intro,
        "og_type": "article",
        "structured_data": SimpleLazyObject(lambda: post_data(post, trail, request, tags=shown["tags"])),
        "lead": lead,
        "text": [block for block in blocks if block is not lead],
        "needs_record": any(block.block_type in WITH_STYLES_OF_RECORDS for block in blocks),
        **_company(post, drafted=getattr(request, "is_preview", False)),
    }
    _fetch_renditions(post, shown)
    if post.image and not post.share_image:
        shown["share_image"] = post.image.get_rendition(CARD_SHAPE).url
    return shown


def _list_of(post: "NewsPage") -> "NewsIndexPage":
    """Return the list it stands in; a post that is only looked at before it is saved learns it here."""
    index: NewsIndexPage = post.index or post.get_parent().specific
    post.index = index
    return index


def _company(post: "NewsPage", *, drafted: bool) -> dict[str, Any]:
    """Return what the post names and the posts beside it; of a public post kept until anything changes.

    A draft that is only looked at names other things than the post that is public.
    """
    if drafted or not post.live:
        return _read_company(post)
    return kept.get(("company of a post", post.pk), lambda: _read_company(post))


def _read_company(post: "NewsPage") -> dict[str, Any]:
    from news.queries import neighbours, related_posts

    products = post.products.select_related("region", "image") if post.pk else post.products.all()
    named = {"mentioned": list(products), "tags": list(post.tags.all()), "topics": _topics(post)}
    if not post.pk:
        return {**named, "older": None, "newer": None, "related": []}
    older, newer = neighbours(post)
    related = related_posts(post, products=named["mentioned"], tags=named["tags"])
    return {**named, "older": older, "newer": newer, "related": related}


def _topics(post: "NewsPage") -> list[Any]:
    return [topic for topic in post.topics.all() if topic.live]


def _fetch_renditions(post: "NewsPage", shown: dict[str, Any]) -> None:
    """Read the renditions of all pictures of the page at once. 1 query, none without a picture."""
    things = [post, *shown["mentioned"], *shown["related"]]
    pictures = [thing.image for thing in things if thing.image]
    pictures += [related.square_image for related in shown["related"] if related.square_image]
    pictures += pictures_of(post)
    if pictures:
        prefetch_related_objects(pictures, "renditions")
