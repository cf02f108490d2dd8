"""What search engines read of an article: schema.org Product with offers and rating, as the page read them.

No query: pictures count only where a size of them was made for the page.
https://schema.org/Product, https://developers.google.com/search/docs/appearance/structured-data/product
"""

from collections.abc import Callable
from typing import Any

from django.utils.text import Truncator

from shop.catalogue.models import Product
from shop.offers import Choice, Offer

MOST_PICTURES = 6
_SCHEMA = "https://schema.org/"


def product_data(
    article: Product, *, offer: Offer, parts: dict[str, Any], absolute: Callable[[str], str]
) -> dict[str, Any]:
    """Return an article as schema.org says it; `absolute` makes an address whole."""
    licensed = article.brand_product
    return {
        "@type": "Product",
        "@id": absolute(article.get_absolute_url()) + "#product",
        "name": article.get_title(),
        "description": Truncator((licensed.summary if licensed else "") or article.get_title()).chars(500),
        "image": [absolute(url) for url in _pictures(article)],
        "gtin": licensed.gtin if licensed else None,
        "category": article.product_class.name if article.product_class else None,
        "manufacturer": {"@type": "Organization", "name": licensed.member.name} if licensed else None,
        "offers": _offers(article, offer, parts, absolute),
        "aggregateRating": _rating(parts.get("reviews")),
    }


def _offers(
    article: Product, offer: Offer, parts: dict[str, Any], absolute: Callable[[str], str]
) -> dict[str, Any] | None:
    priced = [choice for choice in offer.choices if choice.price is not None]
    if not priced:
        return None
    seller = parts.get("seller")
    shared = {
        "url": absolute(article.get_absolute_url()),
        "priceCurrency": "CNY",
        "availability": _SCHEMA + _availability(offer, parts),
        "itemCondition": f"{_SCHEMA}NewCondition",
        **({"seller": {"@type": "Organization", "name": seller.name}} if seller else {}),
    }
    prices = [str(choice.price) for choice in sorted(priced, key=_price)]
    if len(priced) == 1:
        return {"@type": "Offer", "price": prices[0], **shared}
    several = {"lowPrice": prices[0], "highPrice": prices[-1], "offerCount": len(priced)}
    return {"@type": "AggregateOffer", **several, **shared}


def _price(choice: Choice) -> Any:
    return choice.price


def _availability(offer: Offer, parts: dict[str, Any]) -> str:
    if not offer.available:
        return "Discontinued" if offer.reason else "OutOfStock"
    return "PreOrder" if parts.get("presale") else "InStock"


def _rating(said: Any) -> dict[str, Any] | None:
    """Return what buyers gave; search engines refuse a rating that nobody gave."""
    if said is None or not said.summary.reviews:
        return None
    return {
        "@type": "AggregateRating",
        "ratingValue": str(said.summary.average),
        "reviewCount": said.summary.reviews,
        "bestRating": 5,
        "worstRating": 1,
    }


def _pictures(article: Product) -> list[str]:
    """Return the largest size of each picture that the page has read."""
    product = article.brand_product
    images = [picture.image for picture in article.shown_pictures]
    images = images or ([product.image] if product and product.image_id else [])
    made = [list(image.renditions.all()) for image in images[:MOST_PICTURES]]
    return [max(sizes, key=lambda one: one.width).url for sizes in made if sizes]
