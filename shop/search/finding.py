"""Finding articles by words."""

from typing import Final

from django.db.models import Q, QuerySet

from shop.listing.models import Listing

MOST_WORDS: Final = 6  # of a search: each is a scan


def matching(rows: QuerySet[Listing], query: str) -> QuerySet[Listing]:
    """Return the listed articles in which every word of `query` stands somewhere; without words, none."""
    words = query.replace("\x00", " ").split()[:MOST_WORDS]
    for word in words:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(article__description__icontains=word)
            | Q(article__brand_product__name__icontains=word)
            | Q(article__brand_product__summary__icontains=word)
            | Q(article__brand_product__member__name__icontains=word)
        )
    return rows if words else rows.none()
