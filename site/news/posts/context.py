"""What stands around the text of a post."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from lib.jsonld import jsonld_block

if TYPE_CHECKING:
    from news.posts.page import NewsPage

CARD_SHAPE = "fill-1200x630|format-jpeg"


def around(post: "NewsPage", request: HttpRequest) -> dict[str, Any]:
    """Return its trail, neighbours, related posts and structured data, and what a shared card shows."""
    from news.queries import neighbours, related_posts
    from news.structured import news_article

    older, newer = neighbours(post) if post.pk else (None, None)
    shown = {
        "trail": [(post.index.title, post.index.get_url(request)), (post.title, "")],
        "description": post.search_description or post.intro,
        "og_type": "article",
        "structured_data": jsonld_block(news_article(post, request)),
        "older": older,
        "newer": newer,
        "related": related_posts(post) if post.pk else [],
        "mentioned": post.products.select_related("region", "image"),
    }
    if post.image and not post.share_image:
        shown["share_image"] = post.image.get_rendition(CARD_SHAPE).url
    return shown
