"""Sets (搭配套餐): what is in one, what it costs apart and together."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from shop.basket.page import thing_of
from shop.catalogue.models import Product
from shop.promotions.deals import BUNDLE, Deal, in_force


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a set with its price and what has its picture."""

    article: Product
    thing: Any
    price: Decimal


@dataclass(frozen=True, slots=True)
class Set:
    """A set: `price` together, `apart` one by one. Of an article with variants the first counts."""

    pk: int
    name: str
    shown: list[Member]
    price: Decimal
    apart: Decimal

    @property
    def saves(self) -> Decimal:
        """Return what it saves."""
        return self.apart - self.price

    @property
    def articles(self) -> list[Product]:
        """Return the articles."""
        return [one.article for one in self.shown]


def set_of(deal: Deal, strategy: Any = None) -> Set | None:
    """Return the set of a promotion, None if something of it has no price or it saves nothing."""
    found = (
        Product.objects.filter(pk__in=deal.articles or (), is_public=True)
        .select_related("brand_product__image", "parent__brand_product__image")
        .prefetch_related("stockrecords__partner", "children__stockrecords__partner")
        .order_by("pk")
    )
    members = [one for article in found if (one := _member(article))]
    apart = sum((one.price for one in members), Decimal(0))
    if len(members) < len(deal.articles or ()) or apart <= deal.value:
        return None
    return Set(deal.pk, deal.name, members, deal.value, apart)


def running_set(pk: int, *, at: datetime) -> Set | None:
    """Return a set that is on, by the key of its promotion."""
    deal = next((one for one in in_force(at=at) if one.pk == pk and one.kind == BUNDLE), None)
    return set_of(deal) if deal else None


def to_buy(article: Product) -> Product:
    """Return what goes into the basket: the article, or its first variant."""
    children = list(article.children.all()) if article.is_parent else []
    return children[0] if children else article


def _member(article: Product) -> Member | None:
    record = next(iter(to_buy(article).stockrecords.all()), None)
    price = record.price if record else None
    return Member(article, thing_of(article), price) if price is not None else None
