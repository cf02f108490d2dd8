"""What may be sent back, told before buying: on the page of an article and at the checkout."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shop.aftersales.models import ReturnTerms
from shop.aftersales.terms import terms_of, terms_of_all
from shop.catalogue.models import Product


def of_article(article: Product, *, at: datetime) -> ReturnTerms.Terms:
    """Return the terms of an article for its page. One query."""
    return terms_of(article, at=at)


def not_sent_back(lines: Iterable[Any], *, at: datetime) -> list[tuple[str, ReturnTerms.Terms]]:
    """Return, of the lines of a quote, what cannot be sent back without a reason, and which rule says so."""
    asked = {line.product.pk: line.product for line in lines}
    found = terms_of_all(asked.values(), at=at)
    return [
        (article.get_title(), found[pk])
        for pk, article in asked.items()
        if found[pk] != ReturnTerms.Terms.SEVEN_DAYS
    ]
