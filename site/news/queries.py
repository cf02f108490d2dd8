"""Reads of the posts."""

from collections.abc import Sequence
from typing import NamedTuple

from django.core.paginator import Page as PageOfPosts
from django.core.paginator import Paginator
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import Combinable
from taggit.models import Tag
from wagtail.models import Page
from wagtail.query import PageQuerySet

from brand.models import Product
from news.posts.listing import NewsIndexPage
from news.posts.page import NewsPage, NewsPageTag, RelatedPost
from news.posts.panels import MOST_RELATED as MOST_CHOSEN
from news.posts.topic import NewsTopicPage

AHEAD = 100  # pages beyond the one shown up to which posts are counted
MOST_PAGES = 10_000
RELATED = 3
LOOKED_THROUGH = 200  # newest posts of a list among which related ones are sought
TOPICS_ON_LIST = 6


def posts_under(page: Page, *, category: str = "", kind: str = "") -> PageQuerySet:
    """Return the public posts of a list (or of the list of a whole site), newest first; 1 query.

    Without their text. A post with a view restriction of its own is not announced. Read along an index, so a
    list is as fast with twenty thousand posts.
    """
    posts = _public().filter(index=_list_of(page))
    if category:
        posts = posts.filter(category=category)
    if kind:
        posts = posts.filter(kind=kind)
    return posts.order_by("-published_on", "-page_ptr_id")


def latest_posts(site_root: Page, limit: int) -> list[NewsPage]:
    """Return the newest public posts of a site. 1 query, and 1 more when any has a picture."""
    return list(posts_under(site_root)[:limit])


def page_of(posts: PageQuerySet, number: str | None, *, size: int) -> PageOfPosts:
    """Return one page of `posts`; junk leads to the first, too far to the last. 2 queries and pictures.

    No more posts are counted than lie a hundred pages ahead.
    """
    asked = min(int(number), MOST_PAGES) if number and number.isdecimal() and len(number) < 9 else 1
    paginator = Paginator(posts, size)
    paginator.count = posts.order_by()[: (asked + AHEAD) * size].count()
    return paginator.get_page(asked)


class Beside(NamedTuple):
    """The posts before and after one, and those about the same."""

    older: NewsPage | None
    newer: NewsPage | None
    related: list[NewsPage]


def posts_beside(
    post: NewsPage, *, products: Sequence[Product], tags: Sequence[Tag], most: int = RELATED
) -> Beside:
    """Return the posts around one, without their text. 1 query.

    Related are those an editor put below this one, else those that speak of the same: sought among the newest
    of the list and the two next to it; a product weighs most, then the base, then tags, then the category.
    """
    others = NewsPage.objects.live().filter(index=post.index_id).exclude(pk=post.pk)
    newest = others.order_by("-published_on", "-page_ptr_id").values("pk")[:LOOKED_THROUGH]
    chosen = RelatedPost.objects.filter(post=post.pk)
    place = chosen.filter(other=OuterRef("pk")).values("sort_order")[:1]
    nearest = _nearest(post, others.filter(view_restrictions=None))
    found = NewsPage.objects.live().filter(nearest | Q(pk__in=newest) | Q(pk__in=chosen.values("other")))
    weighed = found.filter(view_restrictions=None).annotate(
        next=Case(When(nearest, then=Value(0)), default=Value(1)),
        chosen=Subquery(place),
        weight=_weight(post, products, tags),
    )
    best = (F("chosen").asc(nulls_last=True), "-weight", "-published_on", "-pk")
    shown = weighed.select_related("image", "square_image").defer("body")
    rows = list(shown.order_by("next", *best)[: MOST_CHOSEN + 2])
    return Beside(*_around(post, rows), _related(rows, most))


def _nearest(post: NewsPage, others: PageQuerySet) -> Q:
    """Return what is true of the post before and the post after one."""
    day, pk = post.published_on, post.pk
    older = others.filter(published_on__lte=day).exclude(published_on=day, page_ptr_id__gt=pk)
    newer = others.filter(published_on__gte=day).exclude(published_on=day, page_ptr_id__lt=pk)
    before = older.order_by("-published_on", "-page_ptr_id").values("pk")[:1]
    after = newer.order_by("published_on", "page_ptr_id").values("pk")[:1]
    return Q(pk=Subquery(before)) | Q(pk=Subquery(after))


def _around(post: NewsPage, rows: Sequence[NewsPage]) -> tuple[NewsPage | None, NewsPage | None]:
    """Return the post before (older) and the one after (newer)."""
    here = (post.published_on, post.pk)
    nearest = [row for row in rows if not row.next]
    older = next((row for row in nearest if (row.published_on, row.pk) < here), None)
    newer = next((row for row in nearest if (row.published_on, row.pk) > here), None)
    return older, newer


def _related(rows: Sequence[NewsPage], most: int) -> list[NewsPage]:
    """Return what an editor chose, in that order, else what weighs most, the newest first."""
    picked = sorted((row for row in rows if row.chosen is not None), key=lambda row: row.chosen)
    weighed = sorted(rows, key=lambda row: (row.weight, row.published_on, row.pk), reverse=True)
    return picked[:MOST_CHOSEN] or [row for row in weighed if row.weight][:most]


def topics_under(page: Page, *, most: int | None = TOPICS_ON_LIST) -> list[NewsTopicPage]:
    """Return the public topics of a list, newest first. 1 query, and 1 more when any has a picture."""
    topics = NewsTopicPage.objects.live().filter(view_restrictions=None).child_of(page)
    newest = topics.select_related("image").prefetch_related("image__renditions")
    return list(newest.order_by("-page_ptr_id")[:most])


def posts_of_topic(topic: NewsTopicPage) -> PageQuerySet:
    """Return the public posts of a topic in its order, those put in front first. 2 queries."""
    front = [pin.post_id for pin in topic.pins.all()]
    named = NewsPage.topics.through.objects.filter(newstopicpage=topic.pk).values("newspage")
    posts = _public().filter(Q(pk__in=named) | Q(pk__in=front))
    places = [When(pk=pk, then=Value(place)) for place, pk in enumerate(front)]
    # a case without cases is a bare number, which PostgreSQL takes for the place of a column
    first = [Case(*places, default=Value(len(front)))] if places else []
    if topic.order == NewsTopicPage.Order.OLDEST:
        return posts.order_by(*first, "published_on", "page_ptr_id")
    return posts.order_by(*first, "-published_on", "-page_ptr_id")


def _public() -> PageQuerySet:
    posts = NewsPage.objects.live().filter(view_restrictions=None)
    shown = posts.select_related("image", "square_image").defer("body")
    return shown.prefetch_related("image__renditions", "square_image__renditions")


def _list_of(page: Page) -> int | Subquery:
    if isinstance(page, NewsIndexPage):
        return page.pk
    return Subquery(NewsIndexPage.objects.child_of(page).values("pk")[:1])


def _weight(post: NewsPage, products: Sequence[Product], tags: Sequence[Tag]) -> Combinable:
    """Return how much another post has in common with this one."""
    same_category = Case(When(category=post.category, then=Value(1)), default=Value(0))
    same_base = Case(When(base=post.base_id, then=Value(4)), default=Value(0)) if post.base_id else Value(0)
    weight: Combinable = same_category + same_base
    if products:
        named = NewsPage.products.through.objects.filter(newspage=OuterRef("pk"), product__in=products)
        weight += Case(When(Exists(named), then=Value(8)), default=Value(0))
    if tags:
        # a sum has no index: the few tags of each post are looked at, not all posts of a tag
        numbered = NewsPageTag.objects.annotate(number=F("tag") + 0)
        tagged = numbered.filter(content_object=OuterRef("pk"), number__in=[tag.pk for tag in tags])
        weight += Case(When(Exists(tagged), then=Value(2)), default=Value(0))
    return weight
