"""Which basket is checked out: the visitor's own, or that of "buy now".

The one of "buy now" is one article in some quantity, written into the page and nowhere else: until the order
is placed nothing is kept of it, and the visitor's own basket stays as it is.
"""

import re
from typing import Any, Final

from django.http import HttpRequest
from oscar.core.loading import get_model

from shop.offering import offered_article

Basket, Line = get_model("basket", "Basket"), get_model("basket", "Line")
# the key of an article, and 1 to 999 pieces
_WANTED: Final = re.compile(r"([0-9]{1,9})x([1-9][0-9]{0,2})")


def wanted(article: str, quantity: str) -> str:
    """Return how a page writes down what is bought at once; "" where these are no numbers of it."""
    found = _WANTED.fullmatch(f"{article}x{quantity}")
    return found[0] if found else ""


def basket_of(request: HttpRequest, buy: str) -> Any:
    """Return the basket to check out: of what is bought at once, if anything is, else the visitor's own."""
    if not buy:
        return request.basket  # type: ignore[attr-defined]
    basket = Basket()
    basket.strategy = request.strategy  # type: ignore[attr-defined]
    if found := _WANTED.fullmatch(buy):
        _put(basket, int(found[1]), int(found[2]))
    return basket


def _put(basket: Any, article: int, quantity: int) -> None:
    """Put the article into a basket that is not saved. One query."""
    product = offered_article(article)
    if product is None:
        return
    stock = basket.strategy.select_stockrecord(product)
    basket.hold([Line(basket=basket, product=product, stockrecord=stock, quantity=quantity)])
