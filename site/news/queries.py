"""Reads of the posts."""

from datetime import date

from django.db.models import Q
from wagtail.models import Page
from wagtail.query import PageQuerySet

from news.models import NewsPage


def posts_under(page: Page, *, category: str = "") -> PageQuerySet:
    """Return the public posts below `page` (an index or a whole site), newest first; 1 query.

    A post with a view restriction of its own is not announced.
    """
    posts = NewsPage.objects.live().descendant_of(page).filter(view_restrictions=None)
    if category:
        posts = posts.filter(category=category)
    return posts.select_related("image").order_by("-published_on", "-page_ptr_id")


def latest_posts(site_root: Page, limit: int) -> list[NewsPage]:
    """Return the newest public posts of a site. 1 query, and 1 more when any has a picture."""
    return list(posts_under(site_root).prefetch_related("image__renditions")[:limit])


def neighbours(post: NewsPage) -> tuple[NewsPage | None, NewsPage | None]:
    """Return the post before (older) and after (newer), without bodies. 2 queries."""
    siblings = NewsPage.objects.live().sibling_of(post, inclusive=False).filter(view_restrictions=None)
    siblings = siblings.defer("body")
    older = siblings.filter(_before(post.published_on, post.pk)).order_by("-published_on", "-page_ptr_id")
    newer = siblings.filter(_after(post.published_on, post.pk)).order_by("published_on", "page_ptr_id")
    return older.first(), newer.first()


def _before(day: date, pk: int) -> Q:
    return Q(published_on__lt=day) | Q(published_on=day, page_ptr_id__lt=pk)


def _after(day: date, pk: int) -> Q:
    return Q(published_on__gt=day) | Q(published_on=day, page_ptr_id__gt=pk)
