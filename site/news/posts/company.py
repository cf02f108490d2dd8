"""What a post names and leads to, and the posts beside it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Q, QuerySet, Value, When
from taggit.models import Tag
from wagtail.models import Page

from brand.models import Product
from changes.kept import kept
from cms.offers import with_article
from cms.streams import Keys, Things
from news.posts.pages import pages_with

if TYPE_CHECKING:
    from news.posts.page import NewsPage
    from news.posts.topic import NewsTopicPage


@dataclass(frozen=True, slots=True)
class Company:
    """What a post names, the things its blocks lead to, the posts before, after and about the same."""

    mentioned: list[Product]
    tags: list[Tag]
    topics: list["NewsTopicPage"]
    things: Things
    older: "NewsPage | None" = None
    newer: "NewsPage | None" = None
    related: list["NewsPage"] = field(default_factory=list)


def company_of(post: "NewsPage", chosen: Keys, *, drafted: bool) -> Company:
    """Return the company of a post with what was `chosen` in its blocks.

    That of a public post is kept until anything changes; a draft that is only looked at names other things.
    At most 4 queries.
    """
    if drafted or not post.live:
        return _read(post, chosen)
    # what was chosen belongs to the key: the text is read anew, and may be newer than what is kept
    key = (
        "company of a post",
        post.pk,
        frozenset((model, frozenset(keys)) for model, keys in chosen.items()),
    )
    return kept.get(key, lambda: _read(post, chosen))


def _read(post: "NewsPage", chosen: Keys) -> Company:
    from news.queries import posts_beside

    products, mentioned = _products(post, chosen)
    pages, topics = _pages(post, chosen)
    tags = list(post.tags.all())
    named = Company(mentioned, tags, topics, {**pages, Product: products})
    if not post.pk:
        return named
    older, newer, related = posts_beside(post, products=mentioned, tags=tags)
    return Company(mentioned, tags, topics, named.things, older, newer, related)


def _products(post: "NewsPage", chosen: Keys) -> tuple[dict[int, Product], list[Product]]:
    """Return the products on cards and those the post names, which are few: 1 query for both."""
    on_cards, named = chosen.get(Product, set()), _keys(post.products)
    found = Product.objects.select_related("region", "member", "image")
    found = with_article(found) if on_cards else found
    rows = list(found.filter(Q(pk__in=on_cards) | Q(pk__in=named)).annotate(named=_among(named)))
    return {row.pk: row for row in rows}, [row for row in rows if row.named]


def _pages(post: "NewsPage", chosen: Keys) -> tuple[dict[Any, dict[int, Page]], list["NewsTopicPage"]]:
    """Return the pages the blocks lead to, by the kind asked for, and the topics. 1 query.

    A card shows a page only while it is public; a link leads to where it did.
    """
    kinds: dict[Any, set[int]] = {kind: keys for kind, keys in chosen.items() if issubclass(kind, Page)}
    keys = set().union(*kinds.values())
    rows, topics = pages_with(keys, topics=_keys(post.topics), shown=kinds)
    things = {
        kind: {row.pk: row for row in rows if kind is Page or (isinstance(row, kind) and row.live)}
        for kind in kinds
    }
    return things, topics


def _keys(named: Any) -> Any:
    """Return the keys of what a post names: as a query, of a draft as it stands.

    A draft's things stand in a list of modelcluster's, which knows fields by their names and no ``pk``.
    """
    keys = named.values_list(named.model._meta.pk.name, flat=True)
    return keys if isinstance(keys, QuerySet) else list(keys)


def _among(keys: Any) -> Case:
    return Case(When(pk__in=keys, then=Value(True)), default=Value(False))
