"""The pages a post leads to: its topics, the courses on its cards, those its links name."""

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from django.db.models import Case, Q, Value, When
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models


def pages_with(keys: Collection[int], *, topics: Any, shown: Iterable[type[Page]]) -> tuple[list, list]:
    """Return the pages of these keys, and the public ones among `topics` (keys too). 1 query for both.

    Each is of its own kind where the address or the card of the kind needs more than every page has: `shown`
    are the kinds that stand on cards with their picture. None has its text.
    """
    cards = {kind for kind in shown if kind is not Page}
    kinds = cards | addressed()
    joined = [kind._meta.model_name for kind in kinds] + [f"{kind._meta.model_name}__image" for kind in cards]
    texts = [f"{kind._meta.model_name}__{name}" for kind in kinds for name in _streams(kind)]
    named = Case(When(pk__in=topics, then=Value(True)), default=Value(False))
    found = Page.objects.filter(Q(pk__in=keys) | Q(pk__in=topics)).annotate(named=named)
    rows = list(found.select_related(*joined).defer(*texts).order_by("path"))
    pages = [_specific(row, kinds) for row in rows]
    return pages, [page for page, row in zip(pages, rows, strict=True) if row.named and row.live]


@cache
def addressed() -> set[type[Page]]:
    """Return the kinds of pages whose address is not their place in the tree."""
    return {kind for kind in get_page_models() if kind.get_url_parts is not Page.get_url_parts}


def _streams(kind: type[Page]) -> list[str]:
    return [field.name for field in kind._meta.local_fields if isinstance(field, StreamField)]


def _specific(page: Page, kinds: Iterable[type[Page]]) -> Any:
    own = (getattr(page, str(kind._meta.model_name), None) for kind in kinds)
    return next((specific for specific in own if specific is not None), page)
