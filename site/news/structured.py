"""A post, a list, a topic as schema.org tells it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from taggit.models import Tag

from cms.structured import breadcrumb_list, organization
from lib.jsonld import jsonld_block
from news.feeds.dates import published_at, updated_at
from news.models import NewsPage

# the shapes search engines ask for: 16:10 is as near to 16:9 as pages have it made; 4:3; square
PICTURES = ("fill-1600x1000|format-jpeg", "fill-1600x1200|format-jpeg", "fill-960x960|format-jpeg")


def post_data(
    post: NewsPage, trail: Iterable[tuple[str, str]], request: HttpRequest, *, tags: Iterable[Tag]
) -> SafeString:
    """Return the NewsArticle of a post and where it stands. No query where its renditions are read along."""
    return jsonld_block(news_article(post, request, tags=tags)) + place_data(trail, request)


def place_data(trail: Iterable[tuple[str, str]], request: HttpRequest) -> SafeString:
    """Return where a page stands."""
    return jsonld_block(breadcrumb_list(trail, request))


def news_article(post: NewsPage, request: HttpRequest, *, tags: Iterable[Tag]) -> dict[str, Any]:
    """Return the NewsArticle of a post. Who publishes it is the county's association."""
    publisher = organization(getattr(request, "region", None), request)
    author = {"@type": "Person", "name": post.author} if post.author else {"@id": publisher["@id"]}
    return {
        "@type": "NewsArticle",
        "headline": post.title,
        "description": post.intro,
        "image": _pictures(post, request),
        "datePublished": published_at(post).isoformat(timespec="seconds"),
        "dateModified": updated_at(post).isoformat(timespec="seconds"),
        "author": author,
        "publisher": publisher,
        "articleSection": str(post.get_category_display()),
        "keywords": [tag.name for tag in tags],
        "inLanguage": "zh-Hans",
        "isBasedOn": post.source_url,
        "mainEntityOfPage": request.build_absolute_uri(post.get_url(request) or request.path),
    }


def _pictures(post: NewsPage, request: HttpRequest) -> list[dict[str, Any]]:
    if post.image is None:
        return []
    made = post.image.get_renditions(*PICTURES).values()
    return [
        {
            "@type": "ImageObject",
            "url": request.build_absolute_uri(picture.url),
            "width": picture.width,
            "height": picture.height,
        }
        for picture in made
    ]
