"""What can be bought on a product page, and for how much."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shop.catalogue.models import Product


@dataclass(frozen=True, slots=True)
class Choice:
    """One size or kind of an article."""

    pk: int
    label: str
    price: Decimal | None
    available: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """An article's choices: one for an article without variants. `chosen` is the first that can be bought."""

    choices: list[Choice]
    chosen: Choice | None

    @property
    def available(self) -> bool:
        """Tell whether anything can be bought now."""
        return self.chosen is not None and self.chosen.available


def offer_of(article: Product, strategy: Any) -> Offer:
    """Return the offer of an article that `hall.with_parts` fetched. No query."""
    sold = article.get_public_children() if article.is_parent else [article]
    choices = [_choice(one, strategy) for one in sold]
    chosen = next((choice for choice in choices if choice.available), choices[0] if choices else None)
    return Offer(choices, chosen)


def _choice(article: Product, strategy: Any) -> Choice:
    info = strategy.fetch_for_product(article)
    price = info.price.effective_price if info.price.exists else None
    return Choice(
        article.pk, article.title, price, price is not None and info.availability.is_available_to_buy
    )
