"""What the settlement reads of orders: lines, promotions, freight, money, terms; in ten queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum
from django.utils import timezone
from oscar.core.loading import get_model

from shop.freight.models import FreightShare
from shop.order.models import Line, Order
from shop.payments.models import Payment, Refund, RefundLine
from shop.settlement.amounts import NOTHING, cents
from shop.settlement.terms import PromotionShare, SettlementTerms, SupplyPrice

OrderLineDiscount = get_model("order", "OrderLineDiscount")
OrderDiscount = get_model("order", "OrderDiscount")
SHIPPING = OrderDiscount.SHIPPING


@dataclass(slots=True)
class Facts:
    """One order with everything that moved money, up to a moment."""

    order: Order
    lines: list[Line] = field(default_factory=list)
    offs: dict[int, list[tuple[int | None, Decimal]]] = field(default_factory=lambda: defaultdict(list))
    freights: dict[int, Decimal] = field(default_factory=dict)  # of a partner, as paid
    freight_offs: list[tuple[int | None, Decimal]] = field(default_factory=list)
    received: Decimal = NOTHING
    refunded: dict[int, Decimal] = field(default_factory=dict)  # of a line
    units_back: dict[int, int] = field(default_factory=dict)
    refunded_freight: Decimal = NOTHING

    @property
    def day(self) -> date:
        """Return the day whose terms count: that of the order."""
        return timezone.localdate(self.order.date_placed)


def facts_of(orders: Iterable[Order], *, before: datetime) -> dict[int, Facts]:
    """Return the facts of orders by key, counting money that moved before the moment."""
    found = {order.pk: Facts(order) for order in orders}
    _read_lines(found)
    _read_freight(found)
    _read_money(found, before)
    return found


def _read_lines(found: dict[int, Facts]) -> None:
    for line in Line.objects.filter(order__in=found).order_by("pk"):
        found[line.order_id].lines.append(line)
    offs = OrderLineDiscount.objects.filter(line__order__in=found).order_by("pk")
    for order, line_pk, offer, amount in offs.values_list(
        "line__order_id", "line_id", "order_discount__offer_id", "amount"
    ):
        found[order].offs[line_pk].append((offer, amount))


def _read_freight(found: dict[int, Facts]) -> None:
    for share in FreightShare.objects.filter(order__in=found).order_by("pk"):
        found[share.order_id].freights[share.partner_id] = share.amount
    offs = OrderDiscount.objects.filter(order__in=found, category=SHIPPING).order_by("pk")
    for order, offer, amount in offs.values_list("order_id", "offer_id", "amount"):
        found[order].freight_offs.append((offer, amount))


def _read_money(found: dict[int, Facts], before: datetime) -> None:
    paid = Payment.objects.filter(
        due__order__in=found, state=Payment.State.PAID, surplus=False, paid_at__lt=before
    )
    for order, amount in _sums(paid, "due__order_id", "amount"):
        found[order].received = amount
    refunds = Refund.objects.filter(order__in=found, kind=Refund.Kind.GOODS, asked_at__lt=before)
    for order, amount in _sums(refunds, "order_id", "freight"):
        found[order].refunded_freight = amount
    rows = RefundLine.objects.filter(refund__in=refunds).values("line_id", order=F("refund__order_id"))
    for row in rows.annotate(money=Sum("amount"), units=Sum("quantity")).order_by():
        found[row["order"]].refunded[row["line_id"]] = cents(row["money"])
        found[row["order"]].units_back[row["line_id"]] = row["units"]


def _sums(rows: Any, key: str, amount: str) -> Iterable[tuple[int, Decimal]]:
    found = rows.order_by().values(key).annotate(sum=Sum(amount)).values_list(key, "sum")
    return [(pk, cents(money)) for pk, money in found]  # SQLite adds up floats


class Book:
    """The dated terms, shares and prices, looked up by day. Three queries."""

    def __init__(self) -> None:
        self._terms = _dated(SettlementTerms.objects.all(), "partner_id")
        self._shares = _dated(PromotionShare.objects.all(), "offer_id")
        self._prices = _dated(SupplyPrice.objects.all(), "stockrecord_id")

    def terms(self, partner: int, day: date) -> SettlementTerms:
        """Return what was agreed with a supplier that day; without terms it gets all."""
        return _on(self._terms.get(partner), day) or SettlementTerms(partner_id=partner, valid_from=day)

    def supplier_share(self, offer: int | None, terms: SettlementTerms, day: date) -> Decimal:
        """Return the supplier's part of a promotion in per cent."""
        own = _on(self._shares.get(offer or 0), day)
        return own.supplier_share if own else terms.promotion_share

    def supply_price(self, stockrecord: int | None, day: date) -> Decimal | None:
        """Return what the supplier asked for one that day; None where no list named it."""
        found = _on(self._prices.get(stockrecord or 0), day)
        return found.price if found else None


def _dated(rows: Any, key: str) -> dict[int, list[Any]]:
    """Return the rows by key, the newest first."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.order_by("-valid_from"):
        found[getattr(row, key)].append(row)
    return found


def _on(rows: list[Any] | None, day: date) -> Any:
    return next((row for row in rows or () if row.valid_from <= day), None)
