"""What the delivery to a trade buyer costs, by the freight templates every order is priced with."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shop.divisions.finding import find_place
from shop.divisions.table import DivisionsMissing, Place
from shop.freight.charging import NotDelivered, freight_for
from shop.trade.buyers import TradeBuyer
from shop.trade.models import QuotationLine


class NotKnown(LookupError):
    """The freight cannot be worked out: the address names no district, or no zone delivers there."""


@dataclass(frozen=True, slots=True)
class _Weighed:
    product: Any
    stockrecord: Any
    quantity: int


def place_of(buyer: TradeBuyer) -> Place:
    """Return the district of a buyer's address.

    Raises:
        NotKnown: it names none.
    """
    try:
        found = find_place(buyer.address)
    except DivisionsMissing:
        found = None
    if found is None:
        raise NotKnown(buyer.address)
    return found[0]


def freight_to(buyer: TradeBuyer, lines: Iterable[QuotationLine]) -> Decimal:
    """Return the freight of these goods to the buyer.

    Raises:
        NotKnown: see there.
    """
    weighed = [_Weighed(line.stockrecord.product, line.stockrecord, line.quantity) for line in lines]
    try:
        return freight_for(lines=weighed, district_code=place_of(buyer).code).charge
    except NotDelivered as refused:
        raise NotKnown(str(refused)) from None
