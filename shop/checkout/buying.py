"""Which basket is checked out: the visitor's own, or the one made by "buy now", known by a signed number."""

from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.http import HttpRequest
from oscar.core.loading import get_model

Basket = get_model("basket", "Basket")
_SIGNER = Signer(salt="shop.checkout.buy")


def basket_of(request: HttpRequest) -> Any:
    """Return the basket to check out; the one of "buy now" leaves the other as it is."""
    signed = request.POST.get("buy") or request.GET.get("buy")
    return _one_thing(request, signed) if signed else request.basket  # type: ignore[attr-defined]


def buy_now(request: HttpRequest, article: Any, quantity: int) -> str:
    """Make a basket of one thing beside the visitor's own and return its signed number.

    Nobody owns it and it is frozen: nothing else comes into it, and no other page shows it.
    """
    basket = Basket()
    basket.strategy = request.strategy  # type: ignore[attr-defined]
    with transaction.atomic():
        basket.save()
        basket.add_product(article, quantity)
        basket.freeze()
    return _SIGNER.sign(str(basket.pk))


def _one_thing(request: HttpRequest, signed: str) -> Any:
    try:
        number = int(_SIGNER.unsign(signed))
    except (BadSignature, ValueError):
        basket = Basket()
    else:
        basket = Basket.objects.filter(pk=number, status=Basket.FROZEN).first() or Basket()
    basket.strategy = request.strategy  # type: ignore[attr-defined]
    return basket
