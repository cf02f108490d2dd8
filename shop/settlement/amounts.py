"""The arithmetic of settling one line: who gets what of the money that stayed, to the cent.

Nothing here reads the database. Of money that stayed for a line, `due` is the supplier's, `commission` the
hall's; what promotions took off and the hall bears is added before: the supplier sold at its price.
"""

from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")
WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Position:
    """Where an order stands with one supplier: sums in yuan, all since it was placed."""

    goods: Decimal = NOTHING
    freight: Decimal = NOTHING
    refunded_goods: Decimal = NOTHING
    refunded_freight: Decimal = NOTHING
    hall_bears: Decimal = NOTHING
    supplier_bears: Decimal = NOTHING
    commission: Decimal = NOTHING

    @property
    def kept(self) -> Decimal:
        """Return the money of buyers that stayed."""
        return self.goods + self.freight - self.refunded_goods - self.refunded_freight

    @property
    def due(self) -> Decimal:
        """Return what the supplier is owed."""
        return self.kept + self.hall_bears - self.commission

    def __add__(self, other: "Position") -> "Position":
        return Position(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    def __sub__(self, other: "Position") -> "Position":
        return Position(*(getattr(self, one.name) - getattr(other, one.name) for one in fields(self)))

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))

    @classmethod
    def of(cls, row: object) -> Self:
        """Return the position that a statement or one of its lines holds."""
        return cls(*(getattr(row, one.name) for one in fields(cls)))

    def as_row(self) -> dict[str, Decimal]:
        """Return the columns of a statement line."""
        return {one.name: getattr(self, one.name) for one in fields(self)} | {"due": self.due}


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed for a line: a commission in per cent, or a supply price for one."""

    rate: Decimal = NOTHING
    supply_price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sold:
    """A line as it was sold: how many, what buyers pay, and who bears what was taken off."""

    quantity: int
    paid: Decimal
    hall_bears: Decimal
    supplier_bears: Decimal


def settle_line(
    sold: Sold, agreed: Agreed, *, received: Decimal, refunded: Decimal, units_back: int
) -> Position:
    """Return the position of a line of which `received` came in and `refunded` went back.

    What the hall bears, and the supply price, follow the part of the money that stayed; of a line that cost
    nothing, the units that stayed.
    """
    stayed = _part_that_stayed(sold, received - refunded, units_back)
    hall_bears = cents(sold.hall_bears * stayed)
    base = received - refunded + hall_bears
    if agreed.supply_price is None:
        commission = cents(base * agreed.rate / WHOLE)
    else:
        commission = base - cents(agreed.supply_price * sold.quantity * stayed)
    return Position(
        goods=received,
        refunded_goods=refunded,
        hall_bears=hall_bears,
        supplier_bears=cents(sold.supplier_bears * stayed),
        commission=commission,
    )


def _part_that_stayed(sold: Sold, kept: Decimal, units_back: int) -> Decimal:
    if sold.paid:
        return kept / sold.paid
    return Decimal(sold.quantity - units_back) / sold.quantity


def cents(amount: Decimal) -> Decimal:
    """Return the amount in whole cents, halves up."""
    return amount.quantize(CENT, ROUND_HALF_UP)
