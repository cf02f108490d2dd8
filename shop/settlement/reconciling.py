"""The proof of the settlement: money received less refunded is what suppliers get and what the hall keeps."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from brand.models import Region
from shop.order.models import Order
from shop.partner.models import Partner
from shop.payments.models import Payment, Refund
from shop.settlement.amounts import NOTHING, Position, cents
from shop.settlement.models import StatementLine
from shop.settlement.positions import positions


@dataclass(slots=True)
class Share:
    """What a period brought one supplier."""

    partner: Partner
    position: Position = field(default_factory=Position)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A period of one county or of all. `difference` is what nobody accounts for: 0, or it is wrong."""

    received: Decimal
    refunded: Decimal
    shares: list[Share]

    @property
    def whole(self) -> Position:
        """Return the sum of all suppliers."""
        return sum((share.position for share in self.shares), Position())

    @property
    def hall_keeps(self) -> Decimal:
        """Return what is the hall's: commission less the promotions it bears."""
        return self.whole.commission - self.whole.hall_bears

    @property
    def difference(self) -> Decimal:
        """Return money received less refunded less what suppliers and hall get."""
        return self.received - self.refunded - self.whole.due - self.hall_keeps


def reconcile(*, region: Region | None, since: datetime, until: datetime) -> Reconciliation:
    """Return where the money of a period went. About 30 queries, however many orders."""
    orders = list(_moved(region, since, until))
    money = {"due__order__in": orders, "state": Payment.State.PAID, "surplus": False}
    paid = Payment.objects.filter(**money, paid_at__gte=since, paid_at__lt=until)
    given_back = Refund.objects.filter(
        order__in=orders, kind=Refund.Kind.GOODS, asked_at__gte=since, asked_at__lt=until
    )
    return Reconciliation(_sum(paid), _sum(given_back), _shares(orders, since, until))


def _moved(region: Region | None, since: datetime, until: datetime) -> QuerySet[Order]:
    """Return the orders whose money moved in the period."""
    paid = Payment.objects.filter(state=Payment.State.PAID, paid_at__gte=since, paid_at__lt=until)
    back = Refund.objects.filter(asked_at__gte=since, asked_at__lt=until)
    orders = Order.objects.filter(Q(pk__in=paid.values("due__order")) | Q(pk__in=back.values("order")))
    return orders.filter(region=region) if region else orders


def _shares(orders: list[Order], since: datetime, until: datetime) -> list[Share]:
    sums: dict[int, Position] = defaultdict(Position)
    for (_order, partner), position in positions(orders, before=until).items():
        sums[partner] += position
    for (_order, partner), position in positions(orders, before=since).items():
        sums[partner] = sums[partner] - position
    partners = Partner.objects.in_bulk(sums)
    return sorted(
        (Share(partners[pk], found) for pk, found in sums.items()), key=lambda one: one.partner.name
    )


def unsettled(partner: Partner, *, before: datetime) -> Decimal:
    """Return what a supplier is owed for orders that no statement has yet."""
    orders = list(Order.objects.filter(lines__partner=partner).distinct())
    reached = positions(orders, before=before)
    mine = sum((one for (_order, key), one in reached.items() if key == partner.pk), Position())
    had = StatementLine.objects.filter(statement__partner=partner).aggregate(sum=Sum("due"))["sum"]
    return mine.due - cents(had or NOTHING)  # SQLite adds up floats


def _sum(rows: QuerySet[Payment] | QuerySet[Refund]) -> Decimal:
    return cents(rows.aggregate(sum=Sum("amount"))["sum"] or NOTHING)
