"""Reads of the posts."""

from django.db.models import Q, Subquery
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
    """Return the post before (older) and after (newer), without bodies. 1 query."""
    siblings = NewsPage.objects.live().sibling_of(post, inclusive=False).filter(view_restrictions=None)
    day, pk = post.published_on, post.pk
    older = siblings.filter(Q(published_on__lt=day) | Q(published_on=day, page_ptr_id__lt=pk))
    newer = siblings.filter(Q(published_on__gt=day) | Q(published_on=day, page_ptr_id__gt=pk))
    nearest = [
        Q(pk=Subquery(older.order_by("-published_on", "-page_ptr_id").values("pk")[:1])),
        Q(pk=Subquery(newer.order_by("published_on", "page_ptr_id").values("pk")[:1])),
    ]
    before = after = None
    for found in NewsPage.objects.filter(nearest[0] | nearest[1]).defer("body"):
        if (found.published_on, found.pk) < (day, pk):
            before = found
        else:
            after = found
    return before, after
