"""What the packing page shows: each line with its packages, and where they go."""

from dataclasses import dataclass

from shop.fulfilment.models import Consignment, ConsignmentLine, Parcel, ParcelCode
from shop.fulfilment.owing import Owed, owed


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the consignment as the parcel on the table sees it."""

    owed: Owed
    codes: list[ParcelCode]
    loose: int

    @property
    def line(self) -> ConsignmentLine:
        """Return the line of the consignment."""
        return self.owed.line

    @property
    def here(self) -> int:
        """How many lie in this parcel."""
        return len(self.codes) + self.loose

    @property
    def room(self) -> int:
        """How many may still come in."""
        return max(self.owed.left, 0)

    @property
    def too_many(self) -> int:
        """How many have to come out, since part was cancelled."""
        return max(-self.owed.left, 0)


def rows_of(parcel: Parcel) -> list[Row]:
    """Return the lines of the parcel's consignment with what lies in the parcel. Five queries."""
    lines = {line.owed_id: line for line in parcel.lines.all()}
    codes: dict[int, list[ParcelCode]] = {}
    for row in parcel.codes.select_related("code__batch").order_by("pk"):
        codes.setdefault(row.line_id, []).append(row)
    made = []
    for one in owed(parcel.consignment):
        held = lines.get(one.line.pk)
        mine = codes.get(held.pk, []) if held else []
        made.append(Row(one, mine, held.quantity - len(mine) if held else 0))
    return [row for row in made if row.here or row.owed.wanted > row.owed.sent]


def receiver(consignment: Consignment) -> list[str]:
    """Return where it goes, line by line: name and phone, address; or the pick-up point."""
    order = consignment.order
    if order.pickup_point is not None:
        return [order.pickup_point.name, order.pickup_point.place, _dialled(order.phone)]
    address = order.shipping_address
    if address is None:
        return [_dialled(order.phone)]
    phone = _dialled(str(address.phone_number or order.phone))
    parts = [address.state, address.line4, address.line3, address.line2, address.line1]
    return [f"{address.name} {phone}", "".join(part for part in parts if part)]


def _dialled(phone: str) -> str:
    """Return a number as a driver dials it: without the code of the country."""
    return phone.removeprefix("+86").strip()
