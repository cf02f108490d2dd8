"""Keeping the shelves: the one place that writes `Listing`.

The facts stand with the article, its stock and its categories; this writes where they put it. Whether a
licence is in force stays out of it: lists ask for that when they are read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from brand.models import Product as BrandProduct
from shop.catalogue.models import Category, Product
from shop.listing.models import Listing
from shop.partner.models import StockRecord

BATCH = 500


@dataclass(frozen=True, slots=True)
class Place:
    """What a listing says of its article."""

    region_id: int
    title: str
    price: Decimal
    listed_at: datetime


def keep(key: int | None) -> None:
    """Put one article, or the article of a variant, where it belongs. Eight queries."""
    of_variant = Product.objects.filter(pk=key).values("parent")
    keep_all(Product.objects.filter(Q(pk=key) | Q(pk__in=of_variant)))


def keep_below(category: Category) -> None:
    """Put the articles of a category and of those below it where they belong, after it moved."""
    keep_all(Product.objects.filter(categories__path__startswith=category.path).distinct())


def keep_of_seller(partner: Any) -> None:
    """Put the articles of a seller where they belong, after it became somebody else's."""
    keep_all(
        Product.objects.filter(Q(stockrecords__partner=partner) | Q(children__stockrecords__partner=partner))
    )


def keep_of_product(product: BrandProduct) -> None:
    """Put the articles of a product where they belong, after it went to another member."""
    keep_all(Product.objects.filter(brand_product=product))


def keep_all(articles: QuerySet[Product]) -> None:
    """Put the articles where they belong, in transactions of some hundreds."""
    keys = list(articles.order_by("pk").values_list("pk", flat=True).distinct())
    shelves = _shelves() if keys else {}
    for start in range(0, len(keys), BATCH):
        _keep(keys[start : start + BATCH], shelves)


@transaction.atomic
def _keep(keys: list[int], shelves: dict[int, list[int]]) -> None:
    # in the order of their keys: two who keep the same articles wait for each other
    locked = Product.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    found = locked.select_related("brand_product").prefetch_related("categories")
    prices = _prices(keys)
    kept: dict[tuple[int, int | None], Listing] = {
        (row.article_id, row.shelf_id): row for row in Listing.objects.filter(article__in=keys)
    }
    new, changed = [], []
    for article in found:
        place = _place(article, prices)
        for shelf in _shelves_of(article, shelves) if place else ():
            row = kept.pop((article.pk, shelf), None)
            if row is None:
                new.append(Listing(article=article, shelf_id=shelf, **_facts(place)))
            elif _differs(row, place):
                changed.append(row)
    Listing.objects.filter(pk__in=[row.pk for row in kept.values()]).delete()
    Listing.objects.bulk_create(new, batch_size=BATCH)
    Listing.objects.bulk_update(changed, ["region", "title", "price", "listed_at"], batch_size=BATCH)


def _place(article: Product, prices: dict[int, Decimal]) -> Place | None:
    """Return what its listings say; None when it stands nowhere."""
    if article.is_child or not article.is_public or article.pk not in prices or not article.brand_product:
        return None
    return Place(article.brand_product.region_id, article.title, prices[article.pk], article.date_created)


def _facts(place: Place | None) -> dict[str, Any]:
    return {} if place is None else {name: getattr(place, name) for name in Place.__slots__}


def _differs(row: Listing, place: Place | None) -> bool:
    """Write the place into `row`; tell whether that changed anything."""
    facts = _facts(place)
    before = {name: getattr(row, name) for name in facts}
    for name, value in facts.items():
        setattr(row, name, value)
    return before != facts


def _prices(keys: Iterable[int]) -> dict[int, Decimal]:
    """Return the lowest price at which the maker sells each article or a variant of it."""
    wanted = list(keys)
    lowest: dict[int, Decimal] = {}
    for path, maker in (
        ("product", "product__brand_product__member"),
        ("product__parent", "product__parent__brand_product__member"),
    ):
        rows = StockRecord.objects.filter(**{f"{path}__in": wanted}, product__is_public=True)
        rows = rows.exclude(price=None).exclude(partner__member=None)
        for article, price, seller, own, of_parent in rows.values_list(
            path, "price", "partner__member", "product__brand_product__member", maker
        ):
            if seller == (own or of_parent):
                lowest[article] = min(price, lowest.get(article, price))
    return lowest


def _shelves_of(article: Product, shelves: dict[int, list[int]]) -> set[int | None]:
    """Return the whole hall, the categories of the article and those above them."""
    above: set[int | None] = {None}
    for category in article.categories.all():
        above.update(shelves.get(category.pk, [category.pk]))
    return above


def _shelves() -> dict[int, list[int]]:
    """Return for each category itself and those above it. One query."""
    step = Category.steplen
    paths = dict(Category.objects.values_list("path", "pk"))
    return {
        pk: [paths[path[:end]] for end in range(step, len(path) + 1, step) if path[:end] in paths]
        for path, pk in paths.items()
    }
