"""What a buyer may ask for now, for one line, and why not for the rest.

- money back: from the moment it was sent until fifteen days after receipt
- spoiled: within 48 hours of receipt
- send back: seven days after receipt without a reason where the goods allow it (消费者权益保护法 art. 25),
  fifteen days with one
- another one instead: fifteen days after receipt, with a reason
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from shop.aftersales.models import Claim, ReturnTerms
from shop.aftersales.receipt import received_at, was_sent
from shop.aftersales.states import CLOSED
from shop.aftersales.terms import terms_of
from shop.order.models import Line, Order

Kind, Reason, Terms = Claim.Kind, Claim.Reason, ReturnTerms.Terms
SPOILED_WITHIN: Final = timedelta(hours=48)
NO_REASON_WITHIN: Final = timedelta(days=7)
FAULT_WITHIN: Final = timedelta(days=15)

FAULTS: Final = (Reason.DAMAGED, Reason.WRONG, Reason.SHORT, Reason.NOT_AS_SHOWN)
REASONS: Final[dict[str, tuple[Claim.Reason, ...]]] = {
    Kind.SPOILAGE: (Reason.SPOILED,),
    Kind.REFUND: (*FAULTS, Reason.SPOILED, Reason.NOT_ARRIVED),
    Kind.RETURN: (Reason.NO_REASON, *FAULTS),
    Kind.EXCHANGE: (*FAULTS, Reason.SPOILED),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that can be asked for: until when, with which reasons; or why not."""

    kind: Claim.Kind
    reasons: tuple[Claim.Reason, ...] = ()
    until: datetime | None = None
    why_not: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether it can be asked for."""
        return not self.why_not


@dataclass(frozen=True, slots=True)
class Ways:
    """What can be asked for of one line: of how many units, in which ways."""

    line: Line
    left: int
    terms: ReturnTerms.Terms
    received: datetime | None
    ways: tuple[Way, ...]
    why_none: str = ""

    def way(self, kind: str) -> Way | None:
        """Return the way of a kind if it is open."""
        return next((way for way in self.ways if way.kind == kind and way.is_open), None)

    @property
    def any_open(self) -> bool:
        """Tell whether anything can be asked for."""
        return not self.why_none and any(way.is_open for way in self.ways)


def ways_for(line: Line, *, at: datetime) -> Ways:
    """Return what the buyer of `line` may ask for now. Four queries at most."""
    terms = terms_of(line.product, at=line.order.date_placed) if line.product else Terms.SEVEN_DAYS
    received = received_at(line)
    left = _left(line)
    why_none = _why_none(line, left)
    ways = () if why_none else tuple(_way(kind, terms, received, at) for kind in _ORDER)
    return Ways(line, left, terms, received, ways, why_none)


def _left(line: Line) -> int:
    """Return how many pieces left and were not given back; what was taken out before never left."""
    given_back = max(0, line.refunded_quantity - line.withdrawn_quantity)
    return min(line.quantity - line.refunded_quantity, line.sent_quantity - given_back)


_ORDER = (Kind.SPOILAGE, Kind.REFUND, Kind.RETURN, Kind.EXCHANGE)


def _why_none(line: Line, left: int) -> str:
    if line.claims.exclude(state__in=CLOSED).exists():
        return _("A claim on this article is open already.")
    if line.order.state == Order.State.CANCELLED:
        return _("The order was cancelled.")
    if not was_sent(line):
        return _("Nothing of it was sent yet: you can still cancel the order.")
    if left < 1:
        return _("All of it was refunded.")
    if line.gift:
        return _("It was a gift: write to the seller if something is wrong with it.")
    return ""


def _way(kind: Claim.Kind, terms: ReturnTerms.Terms, received: datetime | None, at: datetime) -> Way:
    if received is None:
        if kind == Kind.REFUND:
            return Way(kind, (Reason.NOT_ARRIVED,))
        return Way(kind, why_not=_("It is on its way. Ask when you have it in hand."))
    if kind == Kind.SPOILAGE:
        return _within(kind, REASONS[kind], received + SPOILED_WITHIN, at)
    if kind == Kind.RETURN:
        return _sending_back(terms, received, at)
    return _within(kind, REASONS[kind], received + FAULT_WITHIN, at)


def _sending_back(terms: ReturnTerms.Terms, received: datetime, at: datetime) -> Way:
    freely = terms == Terms.SEVEN_DAYS and at <= received + NO_REASON_WITHIN
    return _within(Kind.RETURN, REASONS[Kind.RETURN] if freely else FAULTS, received + FAULT_WITHIN, at)


def _within(kind: Claim.Kind, reasons: tuple[Claim.Reason, ...], until: datetime, at: datetime) -> Way:
    if at <= until:
        return Way(kind, reasons, until)
    return Way(kind, until=until, why_not=_("The time for this is over."))
