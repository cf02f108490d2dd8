"""The price per unit, so that packs of different sizes compare: per 500 g, as markets say it (斤)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils.translation import gettext as _

CENT: Final = Decimal("0.01")
LIGHT: Final = 250  # g: what is sold in less is compared per 100 g
JIN, HECTO, KILO = 500, 100, 1000


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """Yuan for so many grams of the net content."""

    price: Decimal
    grams: int

    def __str__(self) -> str:
        words = {
            JIN: _("%(price)s per 500 g"),
            HECTO: _("%(price)s per 100 g"),
            KILO: _("%(price)s per kg"),
        }
        return words[self.grams] % {"price": self.price}


def unit_price(price: Decimal | None, net_grams: int | None) -> UnitPrice | None:
    """Return the price per 500 g, of small packs per 100 g; None where the net content is not told."""
    if price is None or not net_grams:
        return None
    return _per(HECTO if net_grams < LIGHT else JIN, price, net_grams)


def kilo_price(price: Decimal | None, net_grams: int | None) -> UnitPrice | None:
    """Return the price per kilogram; None where the net content is not told or it says nothing more."""
    if price is None or not net_grams or net_grams < LIGHT:
        return None
    return _per(KILO, price, net_grams)


def _per(grams: int, price: Decimal, net_grams: int) -> UnitPrice:
    return UnitPrice((price * grams / net_grams).quantize(CENT, ROUND_HALF_UP), grams)
