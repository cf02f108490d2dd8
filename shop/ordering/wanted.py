"""What a buyer asks for besides the goods: who they are, where to, which invoice, when and how to pay."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from accounts.models import User
from shop.invoices.models import InvoiceRequest
from shop.order.models import Order
from shop.payments.gateways import Visitor
from shop.payments.models import Due
from shop.pickup.models import PickupPoint


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys: the number of a mobile phone (E.164), the account if there is one, an e-mail if given."""

    phone: str
    user: User | None = None
    email: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a parcel goes: the district by its code and names, the rest as the buyer wrote it."""

    name: str
    phone: str
    district_code: str
    province: str
    city: str
    district: str
    street: str


@dataclass(frozen=True, slots=True)
class Destination:
    """By parcel to an address, or picked up at a point: one of the two."""

    address: Address | None = None
    pickup_point: PickupPoint | None = None

    @property
    def delivery(self) -> str:
        """Return which of the two it is, as an order says it."""
        return Order.Delivery.PICKUP if self.pickup_point else Order.Delivery.PARCEL

    @property
    def district_code(self) -> str:
        """Return the code of the district the goods go to, "" when they are picked up."""
        return self.address.district_code if self.address else ""


@dataclass(frozen=True, slots=True)
class Invoice:
    """What stands on the invoice; a tax number with companies only."""

    kind: str
    title: str
    tax_number: str = ""
    email: str = ""

    def request_for(self, order: Order) -> InvoiceRequest:
        """Return the row, not yet saved."""
        return InvoiceRequest(
            order=order, kind=self.kind, title=self.title, tax_number=self.tax_number, email=self.email
        )


@dataclass(frozen=True, slots=True)
class Paying:
    """How the buyer pays, chosen with the order, and from where."""

    way: str
    visitor: Visitor


@dataclass(frozen=True, slots=True)
class NewDue:
    """A sum the order will owe; without times it is payable from now until the order's own end."""

    kind: str
    amount: Decimal
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    def due_of(self, order: Order) -> Due:
        """Return the row, not yet saved."""
        return Due(
            order=order, kind=self.kind, amount=self.amount, opens_at=self.opens_at, closes_at=self.closes_at
        )
