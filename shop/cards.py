"""Articles as lists show them: everything a card says, in a constant number of queries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import get_language

from brand.models import Product as BrandProduct
from changes.kept import kept
from shop.catalogue.models import Product
from shop.partner.models import StockRecord
from shop.season import Season, season_of
from shop.selling import KNOWN, with_rights
from shop.unit_prices import UnitPrice, unit_price

ALONG = ("brand_product__region", "brand_product__member", "brand_product__image")


@dataclass(frozen=True, slots=True)
class Card:
    """An article as a list shows it. `thing` has the name, picture or drawing of the frame."""

    pk: int
    title: str
    url: str
    summary: str
    pack_size: str
    seller: str
    thing: Any
    price: Decimal | None
    from_price: bool
    was_price: Decimal | None
    was_basis: str
    unit: UnitPrice | None
    available: bool
    season: Season | None
    extra: dict[str, Any] = field(default_factory=dict)


def cards_of(
    keys: list[int],
    strategy: Any,
    *,
    on: date,
    extra: dict[str, Callable[[Product], Any]] | None = None,
) -> list[Card]:
    """Return the cards of listed articles, in that order, kept while nothing public changes.

    Two queries; two more where there are variants, one more where there are photographs.
    """

    def read() -> list[Card]:
        articles = in_order(keys)
        _fetch_parts(articles, on=on)
        return [card_of(article, strategy, on=on, extra=extra) for article in articles]

    return kept.get(("cards of", tuple(keys), tuple(extra or ()), get_language(), on), read)


def in_order(keys: list[int]) -> list[Product]:
    """Return the articles with what is told of their product, in the order of their keys. One query."""
    found = Product.objects.select_related("product_class", *ALONG).in_bulk(keys)
    articles = [found[key] for key in keys if key in found]
    for article in articles:
        setattr(article, KNOWN, True)  # a list holds nothing else
    return articles


def card_of(
    article: Product,
    strategy: Any,
    *,
    on: date,
    extra: dict[str, Callable[[Product], Any]] | None = None,
) -> Card:
    """Return the card of an article whose parts were fetched. No query."""
    licensed: BrandProduct | None = article.brand_product
    sold = article.get_public_children() if article.is_parent else [article]
    offers = [(one, strategy.fetch_for_product(one)) for one in sold]
    priced = [(offer.price.effective_price, one, offer) for one, offer in offers if offer.price.exists]
    price, cheapest, offer = min(priced, key=lambda each: each[0], default=(None, None, None))
    stock = offer.stockrecord if offer else None
    return Card(
        pk=article.pk,
        title=article.get_title(),
        url=article.get_absolute_url(),
        summary=licensed.summary if licensed else "",
        pack_size=licensed.pack_size if licensed else "",
        seller=licensed.member.name if licensed else "",
        thing=licensed or article,
        price=price,
        from_price=len({price for price, _one, _offer in priced}) > 1,
        was_price=struck(stock),
        was_basis=stock.was_basis if stock else "",
        unit=unit_price(price, cheapest.net_grams if cheapest else None),
        available=any(offer.availability.is_available_to_buy for _one, offer in offers),
        season=season_of(article, on=on),
        extra={name: tell(article) for name, tell in (extra or {}).items()},
    )


def struck(stock: Any) -> Decimal | None:
    """Return the price to strike out: only one that is higher, and that says what it was."""
    if stock is None or stock.price is None or not stock.was_price or not stock.was_basis:
        return None
    return stock.was_price if stock.was_price > stock.price else None


def _fetch_parts(articles: Iterable[Product], *, on: date) -> None:
    """Fetch stock, and variants and renditions where there are any."""
    found = list(articles)
    stock = Prefetch("stockrecords", StockRecord.objects.select_related("partner"))
    prefetch_related_objects(found, stock)
    if parents := [article for article in found if article.is_parent]:
        variants = with_rights(Product.objects.public(), on=on).select_related("brand_product")
        below = variants.order_by("pk").prefetch_related(stock)
        prefetch_related_objects(parents, Prefetch("children", below, to_attr="_prefetched_public_children"))
    if pictured := [each for each in found if each.brand_product and each.brand_product.image_id]:
        prefetch_related_objects(pictured, "brand_product__image__renditions")
