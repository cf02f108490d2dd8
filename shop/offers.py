"""What can be bought on a product page, and for how much."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shop.cards import struck
from shop.catalogue.models import Product
from shop.unit_prices import UnitPrice, kilo_price, unit_price


@dataclass(frozen=True, slots=True)
class Choice:
    """One size or kind of an article. `reason` says why it cannot be bought; sold out needs no reason."""

    pk: int
    label: str
    price: Decimal | None
    available: bool
    unit: UnitPrice | None = None
    kilo: UnitPrice | None = None
    was_price: Decimal | None = None
    was_basis: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """An article's choices: one for an article without variants. `chosen` is the first that can be bought."""

    choices: list[Choice]
    chosen: Choice | None

    @property
    def available(self) -> bool:
        """Tell whether anything can be bought now."""
        return self.chosen is not None and self.chosen.available

    @property
    def reason(self) -> str:
        """Return why nothing of it may be sold, "" where it is only sold out."""
        return "" if self.chosen is None or self.available else self.chosen.reason


def offer_of(article: Product, strategy: Any) -> Offer:
    """Return the offer of an article whose parts were fetched. No query."""
    sold = article.get_public_children() if article.is_parent else [article]
    choices = [_choice(one, strategy) for one in sold]
    chosen = next((choice for choice in choices if choice.available), choices[0] if choices else None)
    return Offer(choices, chosen)


def _choice(article: Product, strategy: Any) -> Choice:
    info = strategy.fetch_for_product(article)
    price = info.price.effective_price if info.price.exists else None
    stock, policy = info.stockrecord, info.availability
    return Choice(
        pk=article.pk,
        label=article.title,
        price=price,
        available=price is not None and policy.is_available_to_buy,
        unit=unit_price(price, article.net_grams),
        kilo=kilo_price(price, article.net_grams),
        was_price=struck(stock),
        was_basis=stock.was_basis if stock else "",
        reason=str(policy.message) if policy.code == "not-on-sale" else "",
    )
