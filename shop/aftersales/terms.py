"""What a buyer may send back without a reason: told before buying, kept as it was told."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from brand.acts.models import record_act
from changes import outbox
from changes.kept import kept
from shop.aftersales.models import ReturnTerms
from shop.catalogue.models import Product

Terms = ReturnTerms.Terms


def terms_of(article: Product, *, at: datetime) -> Terms:
    """Return the terms of one article. One query."""
    return terms_of_all([article], at=at)[article.pk]


def terms_of_all(articles: Iterable[Product], *, at: datetime) -> dict[int, Terms]:
    """Return the terms of articles by their key, as they stood `at` a moment.

    One query, none while nothing public changes.

    What was laid down for the article goes before what was laid down for its variants' parent, and that
    before its kind; where nothing was, the law's rule holds: seven days.
    """
    asked = list(articles)
    keys = {key for article in asked for key in (article.pk, article.parent_id) if key}
    kinds = {kind for article in asked if (kind := _kind(article))}
    laid_down = kept.get(("return terms", frozenset(keys), frozenset(kinds)), lambda: _rows(keys, kinds))
    rows = [row for row in laid_down if row.since <= at]
    return {article.pk: _first(article, rows) for article in asked}


def _rows(keys: set[int], kinds: set[int]) -> list[ReturnTerms]:
    laid_down = ReturnTerms.objects.filter(Q(product__in=keys) | Q(product_class__in=kinds))
    return list(laid_down.order_by("-since", "-pk"))


def lay_down(
    *, terms: str, since: datetime, by: User | None, article: Product | None = None, kind: object = None
) -> ReturnTerms:
    """Lay down terms for an article or for a kind of goods from a moment on; older orders keep theirs."""
    with transaction.atomic():
        row = ReturnTerms.objects.create(
            product=article,
            product_class=kind,
            terms=terms,
            since=since,
        )
        record_act(row, "laid_down", by=by, at=since)
        outbox.record(row)
    return row


def _kind(article: Product) -> int | None:
    return article.product_class_id or (article.parent.product_class_id if article.parent_id else None)


def _first(article: Product, rows: list[ReturnTerms]) -> Terms:
    of_article = (row for row in rows if row.product_id == article.pk)
    of_parent = (row for row in rows if article.parent_id and row.product_id == article.parent_id)
    of_kind = (row for row in rows if row.product_class_id and row.product_class_id == _kind(article))
    for found in (of_article, of_parent, of_kind):
        if row := next(found, None):
            return Terms(row.terms)
    return Terms.SEVEN_DAYS
