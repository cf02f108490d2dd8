"""Reads of the hall: the articles of a county, ready for cards, in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Min, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from brand.models import Product as BrandProduct
from brand.models import Region
from shop.catalogue.models import Category, Product
from shop.partner.models import StockRecord
from shop.selling import on_sale, with_rights

MOST_WORDS = 6  # of a search: each is a scan

SORTS = {
    "": ("-date_created", "-pk"),
    "price": ("from_price", "pk"),
    "-price": ("-from_price", "pk"),
    "title": ("title", "pk"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """An article as a list shows it. `thing` has the name, picture or drawing of the frame."""

    title: str
    url: str
    summary: str
    pack_size: str
    seller: str
    thing: Any
    price: Decimal | None
    from_price: bool
    available: bool


def articles(region: Region | None, *, on: date) -> QuerySet[Product]:
    """Return what the county's hall may sell that day; without a county, everything."""
    sold = on_sale(Product.objects.browsable(), on=on)
    return sold.filter(brand_product__region=region) if region else sold


def matching(found: QuerySet[Product], query: str) -> QuerySet[Product]:
    """Return the articles in which every word of `query` stands somewhere."""
    for word in query.split()[:MOST_WORDS]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(description__icontains=word)
            | Q(brand_product__name__icontains=word)
            | Q(brand_product__summary__icontains=word)
            | Q(brand_product__member__name__icontains=word)
        )
    return found


def within(found: QuerySet[Product], category: Category) -> QuerySet[Product]:
    """Return the articles of a category and those below it."""
    return found.filter(categories__path__startswith=category.path).distinct()


def ordered(found: QuerySet[Product], sort: str) -> QuerySet[Product]:
    """Return the articles in the order `sort`, the newest first if it is none of SORTS."""
    order = SORTS.get(sort, SORTS[""])
    if "price" in sort:
        found = found.annotate(
            from_price=Coalesce(Min("stockrecords__price"), Min("children__stockrecords__price"))
        )
    return found.order_by(*order)


def with_parts(found: QuerySet[Product], *, on: date) -> QuerySet[Product]:
    """Return the articles with what cards and pages need. Adds six queries, however many articles."""
    stock = Prefetch("stockrecords", StockRecord.objects.select_related("partner"))
    variants = with_rights(Product.objects.public(), on=on)
    variants = variants.select_related("brand_product").prefetch_related(stock)
    return (
        with_rights(found, on=on)
        .select_related(
            "product_class", "brand_product__region", "brand_product__member", "brand_product__image"
        )
        .prefetch_related(
            stock,
            "images",
            Prefetch("children", variants, to_attr="_prefetched_public_children"),
            "brand_product__image__renditions",
        )
    )


def cards(found: Iterable[Product], strategy: Any) -> list[Card]:
    """Return the cards of articles that `with_parts` fetched."""
    return [_card(article, strategy) for article in found]


def categories(region: Region | None, *, on: date) -> QuerySet[Category]:
    """Return the public categories in which the county sells something."""
    return Category.objects.browsable().filter(product__in=articles(region, on=on)).distinct()


def _card(article: Product, strategy: Any) -> Card:
    prices, available = _prices(article, strategy)
    licensed: BrandProduct | None = article.brand_product
    return Card(
        title=article.get_title(),
        url=article.get_absolute_url(),
        summary=licensed.summary if licensed else "",
        pack_size=licensed.pack_size if licensed else "",
        seller=licensed.member.name if licensed else "",
        thing=licensed or article,
        price=min(prices, default=None),
        from_price=len(set(prices)) > 1,
        available=available,
    )


def _prices(article: Product, strategy: Any) -> tuple[list[Decimal], bool]:
    """Return the prices of an article or of its variants, and whether any can be bought now."""
    sold = article.get_public_children() if article.is_parent else [article]
    offers = [strategy.fetch_for_product(one) for one in sold]
    prices = [offer.price.effective_price for offer in offers if offer.price.exists]
    return prices, any(offer.availability.is_available_to_buy for offer in offers)
