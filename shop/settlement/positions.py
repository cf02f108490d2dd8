"""Positions: where orders stand with each supplier at a moment, from what was sold, paid and given back.

A position is computed whole each time, never added to: whatever order payments and refunds came in, the same
facts give the same cents. What a statement adds is the difference of two positions.

- Money that came in covers goods and freight in proportion, so a deposit counts before its balance came.
- A gift costs nothing and settles nothing: its seller bears it.
- Freight goes to who sends the parcel, without commission.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from shop.order.models import Line, Order
from shop.payments.shares import divide
from shop.settlement.amounts import NOTHING, WHOLE, Agreed, Position, Sold, cents, settle_line
from shop.settlement.reading import Book, Facts, facts_of
from shop.settlement.terms import SettlementTerms

Key = tuple[int, int]  # order, partner
_GOODS, _FREIGHT = "goods", "freight"


def positions(orders: Iterable[Order], *, before: datetime) -> dict[Key, Position]:
    """Return the position of each supplier of each order, counting money before the moment. 12 queries."""
    book = Book()
    found: dict[Key, Position] = {}
    for facts in facts_of(orders, before=before).values():
        for partner, position in _of_order(facts, book).items():
            found[facts.order.pk, partner] = position
    return found


def _of_order(facts: Facts, book: Book) -> dict[int, Position]:
    freights = _freights(facts)
    received = _received(facts, freights)
    sums: dict[int, Position] = defaultdict(Position)
    for line in facts.lines:
        if line.partner_id and not line.gift:
            sums[line.partner_id] += _of_line(facts, line, received[_GOODS, line.pk], book)
    for partner, position in _of_freight(facts, freights, received, book).items():
        sums[partner] += position
    return sums


def _freights(facts: Facts) -> dict[int, Decimal]:
    """Return the freight paid for each supplier's parcels; what no share tells is divided like the goods."""
    untold = facts.order.shipping_incl_tax - sum(facts.freights.values(), NOTHING)
    found = dict.fromkeys(_partners(facts), NOTHING) | facts.freights
    if untold and found:
        for partner, part in divide(untold, _goods(facts)).items():
            found[partner] += part
    return found


def _received(facts: Facts, freights: dict[int, Decimal]) -> dict[tuple[str, int], Decimal]:
    """Divide what came in over lines and freights; all of it once the order is paid."""
    asked = {(_GOODS, line.pk): line.line_price_incl_tax for line in facts.lines}
    asked |= {(_FREIGHT, partner): amount for partner, amount in freights.items()}
    return divide(facts.received, asked) if asked else {}


def _of_line(facts: Facts, line: Line, received: Decimal, book: Book) -> Position:
    if not _counts(facts):
        return Position()
    terms = book.terms(line.partner_id, facts.day)
    supplier = _borne_by_supplier(facts.offs[line.pk], terms, facts, book)
    off = sum((amount for _offer, amount in facts.offs[line.pk]), NOTHING)
    sold = Sold(line.quantity, line.line_price_incl_tax, off - supplier, supplier)
    return settle_line(
        sold,
        _agreed(terms, line, facts, book),
        received=received,
        refunded=facts.refunded.get(line.pk, NOTHING),
        units_back=facts.units_back.get(line.pk, 0),
    )


def _counts(facts: Facts) -> bool:
    """Tell whether the order settles anything: money came, or it cost nothing and was not cancelled."""
    if facts.order.total_incl_tax:
        return bool(facts.received)
    return facts.order.state not in {Order.State.UNPAID, Order.State.CANCELLED}


def _agreed(terms: SettlementTerms, line: Line, facts: Facts, book: Book) -> Agreed:
    if terms.basis == SettlementTerms.Basis.SUPPLY:
        price = book.supply_price(line.stockrecord_id, facts.day)
        if price is not None:
            return Agreed(supply_price=price)
    return Agreed(rate=terms.rate)


def _borne_by_supplier(
    offs: list[tuple[int | None, Decimal]], terms: SettlementTerms, facts: Facts, book: Book
) -> Decimal:
    parts = (cents(amount * book.supplier_share(offer, terms, facts.day) / WHOLE) for offer, amount in offs)
    return sum(parts, NOTHING)


def _of_freight(
    facts: Facts, freights: dict[int, Decimal], received: dict[tuple[str, int], Decimal], book: Book
) -> dict[int, Position]:
    """Return the freight of each supplier, with what free delivery took off and the hall bears."""
    if not freights or not _counts(facts):
        return {}
    weights = freights if any(freights.values()) else _goods(facts)
    back = divide(facts.refunded_freight, weights)
    offs = [(offer, divide(amount, weights)) for offer, amount in facts.freight_offs]
    found = {}
    for partner, paid in freights.items():
        terms = book.terms(partner, facts.day)
        came, went = received[_FREIGHT, partner], back.get(partner, NOTHING)
        own = [(offer, parts.get(partner, NOTHING)) for offer, parts in offs]
        supplier = _borne_by_supplier(own, terms, facts, book)
        hall = sum((amount for _offer, amount in own), NOTHING) - supplier
        stayed = _freight_stayed(facts, paid, came - went)
        found[partner] = Position(
            freight=came,
            refunded_freight=went,
            hall_bears=cents(hall * stayed),
            supplier_bears=cents(supplier * stayed),
        )
    return found


def _freight_stayed(facts: Facts, paid: Decimal, kept: Decimal) -> Decimal:
    """Return which part of a freight stayed. A free one is spent once a parcel went."""
    if paid:
        return kept / paid
    return Decimal(facts.order.state != Order.State.CANCELLED)


def _partners(facts: Facts) -> list[int]:
    return list(dict.fromkeys(line.partner_id for line in facts.lines if line.partner_id))


def _goods(facts: Facts) -> dict[int, Decimal]:
    sums = dict.fromkeys(_partners(facts), NOTHING)
    for line in facts.lines:
        if line.partner_id:
            sums[line.partner_id] += line.line_price_incl_tax
    return sums
