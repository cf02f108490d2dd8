"""What other areas of the shop put on the hall and on product pages.

A part is a function that reads it and a template that shows it. Pages are the same for everybody, so a part
knows nothing of the visitor. A part of the hall is read once for each county and version of what the public
sees, a part of a product page once for each article: promotions that run are better read for the county with
`kept` and matched here. A part that reads None is left out.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import get_language

from brand.models import Region
from changes.kept import kept
from shop.catalogue.models import Product

# name → function (region: Region, *, at: datetime) -> Any | None; shown by shop/hall/<name>.html as `part`
HALL_PARTS: dict[str, str] = {
    "coupons": "shop.promotions.parts.coupons",
    "calendar": "shop.promotions.parts.calendar",
    "outside": "shop.outside.showing.outside_halls",
    "presales": "shop.presale.reading.strip",
}
# name → function (article: Product, *, at: datetime) -> Any | None; the page of the article includes
# shop/product/<name>.html with it as `part`: promotions, seller, presale, reviews, questions
ARTICLE_PARTS: dict[str, str] = {
    "promotions": "shop.promotions.parts.of_article",
    "presale": "shop.presale.reading.of_article",
    "returns": "shop.aftersales.telling_terms.of_article",
    "seller": "shop.sellers.parts.seller",
    "reviews": "shop.reviewing.parts.reviews",
    "questions": "shop.reviewing.parts.questions",
}
# name → function (region: Region | None, *, at: datetime) -> Callable[[Product], Any]: what stands on a card,
# told for each article without a query; `card.extra.<name>`
CARD_PARTS: dict[str, str] = {
    "promotions": "shop.promotions.parts.card_tags",
}


def hall_part(name: str, region: Region, *, at: datetime) -> Any | None:
    """Return what the part shows in the hall of the county, None without it."""
    if name not in HALL_PARTS:
        return None
    read = _function(HALL_PARTS[name])
    return kept.get(("hall", name, region.pk, get_language()), lambda: read(region, at=at))


def article_parts(article: Product, *, at: datetime) -> dict[str, Any]:
    """Return the parts of a product page by name."""
    return {name: _article_part(name, path, article, at) for name, path in ARTICLE_PARTS.items()}


def card_parts(region: Region | None, *, at: datetime) -> dict[str, Callable[[Product], Any]]:
    """Return the functions that say what stands on the card of an article."""
    key = region.pk if region else None
    return {name: _card_part(name, path, key, region, at) for name, path in CARD_PARTS.items()}


def _article_part(name: str, path: str, article: Product, at: datetime) -> Any:
    read = _function(path)
    return kept.get(("article", name, article.pk, get_language()), lambda: read(article, at=at))


def _card_part(
    name: str, path: str, key: int | None, region: Region | None, at: datetime
) -> Callable[[Product], Any]:
    read = _function(path)
    told: Callable[[Product], Any] = kept.get(
        ("cards", name, key, get_language()), lambda: read(region, at=at)
    )
    return told


@cache
def _function(path: str) -> Callable[..., Any]:
    found: Callable[..., Any] = import_string(path)
    return found
