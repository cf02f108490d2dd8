"""What the basket page shows: its lines by seller, what each costs and why, and what cannot be bought."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from shop.pricing import LeftOut, Quote, QuoteLine


@dataclass(slots=True)
class ShownLine:
    """A line with its article. `was` is the price it was last seen at, if that changed."""

    line: Any
    product: Any
    thing: Any
    title: str
    variant: str
    priced: QuoteLine
    was: Decimal | None = None

    @property
    def less(self) -> int:
        """Return one piece less; none takes the line out."""
        return max(0, self.priced.quantity - 1)

    @property
    def more(self) -> int:
        """Return one piece more."""
        return self.priced.quantity + 1

    @property
    def dearer(self) -> bool:
        """Tell whether the price went up since."""
        return self.was is not None and self.priced.unit_price > self.was


@dataclass(slots=True)
class Stall:
    """The lines of one seller."""

    name: str
    lines: list[ShownLine] = field(default_factory=list)


def stalls(quote: Quote) -> list[Stall]:
    """Return what can be bought, by seller, in the order it was put in."""
    found: dict[int, Stall] = {}
    for priced in quote.lines:
        if priced.line is None:
            continue
        partner = priced.stockrecord.partner
        found.setdefault(partner.pk, Stall(partner.name)).lines.append(_shown(priced))
    return list(found.values())


def gifts(quote: Quote) -> list[ShownLine]:
    """Return what comes along as a gift."""
    return [_shown(priced) for priced in quote.lines if priced.gift]


def left_out(quote: Quote) -> list[dict[str, Any]]:
    """Return what cannot be bought now, with the reason and the article."""
    return [_left(one) for one in quote.left_out]


def thing_of(product: Any) -> Any:
    """Return what has the picture or drawing of an article."""
    parent = product.parent if product.is_child else product
    return product.brand_product or parent.brand_product or parent


def _shown(priced: QuoteLine) -> ShownLine:
    product, line = priced.product, priced.line
    before = line.price_incl_tax if line is not None else None
    was = before if before is not None and before != priced.unit_price else None
    variant = product.title if product.is_child else ""
    return ShownLine(line, product, thing_of(product), product.get_title(), variant, priced, was)


def _left(one: LeftOut) -> dict[str, Any]:
    product = one.line.product
    return {
        "line": one.line,
        "product": product,
        "thing": thing_of(product),
        "title": product.get_title(),
        "variant": product.title if product.is_child else "",
        "why": one.why,
        "available": one.available,
    }
