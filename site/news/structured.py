"""A post as schema.org tells it."""

from typing import Any

from django.http import HttpRequest

from news.models import NewsPage


def news_article(post: NewsPage, request: HttpRequest) -> dict[str, Any]:
    """Return the NewsArticle of a post. Who publishes it is the county's association."""
    region = getattr(request, "region", None)
    changed = post.last_published_at or post.latest_revision_created_at
    return {
        "@type": "NewsArticle",
        "headline": post.title,
        "description": post.intro,
        "datePublished": post.published_on.isoformat(),
        "dateModified": changed.isoformat() if changed else "",
        "author": {"@type": "Person", "name": post.author} if post.author else "",
        "publisher": {"@type": "Organization", "name": region.full_name} if region else "",
        "articleSection": str(post.get_category_display()),
        "inLanguage": "zh",
        "mainEntityOfPage": request.build_absolute_uri(post.get_url(request) or request.path),
    }
