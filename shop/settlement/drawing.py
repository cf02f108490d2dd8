"""Drawing up: the statement of a supplier for a period, order by order."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.counters.models import next_number
from shop.order.models import Order, OrderStatusChange
from shop.partner.models import Partner
from shop.settlement.amounts import Position
from shop.settlement.models import Statement, StatementLine
from shop.settlement.positions import positions
from shop.settlement.refusals import SettledAlready, SettlementRefused

State = Statement.State
# an order is settled once it is with the buyer, or cancelled: what was kept of it (a deposit) counts too
SETTLED_FROM = (Order.State.RECEIVED, Order.State.COMPLETED, Order.State.CANCELLED)


@transaction.atomic
def draw_statement(*, partner: Partner, first: date, last: date, at: datetime, by: User | None) -> Statement:
    """Draw up the statement of a period, again if it was not confirmed yet.

    Each order that was received or cancelled by the end of the period is counted whole, less what earlier
    statements had of it: a refund of next month stands in next month's statement. The lock on the supplier
    keeps two drawings apart, so nothing is counted twice.

    Raises:
        SettlementRefused: the period is not over, overlaps another, or an earlier one is not confirmed.
        SettledAlready: it is confirmed or paid.
    """
    Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
    _refuse_period(partner, first, last, at)
    statement = _fresh(partner, first, last, at)
    lines = _lines(statement, before=_midnight_after(last))
    StatementLine.objects.bulk_create(lines)
    _sum_up(statement, lines)
    record_act(
        statement, "drawn", by=by, at=at, detail={"orders": len(lines), "payable": str(statement.payable)}
    )
    return statement


def settleable(partner: Partner, *, before: datetime) -> QuerySet[Order]:
    """Return the orders with goods of a supplier that were received or cancelled before the moment."""
    done = OrderStatusChange.objects.filter(new_status__in=SETTLED_FROM, date_created__lt=before)
    sold = Order.objects.filter(Q(pk__in=done.values("order")), lines__partner=partner)
    return sold.distinct().order_by("date_placed", "pk")


def stated(partner: Partner, orders: Iterable[int], *, besides: Statement) -> dict[int, Position]:
    """Return what other statements of a supplier have of these orders. One query."""
    sums: dict[int, Position] = defaultdict(Position)
    rows = StatementLine.objects.filter(statement__partner=partner, order__in=list(orders))
    for row in rows.exclude(statement=besides):
        sums[row.order_id] += Position.of(row)
    return sums


def _refuse_period(partner: Partner, first: date, last: date, at: datetime) -> None:
    if last < first:
        raise SettlementRefused(_("The last day comes before the first."))
    if _midnight_after(last) > at:
        raise SettlementRefused(_("The period is not over: payments and refunds still come in."))
    others = Statement.objects.filter(partner=partner).exclude(first=first)
    if others.filter(last__gte=first).exists():
        raise SettlementRefused(_("There is a statement for these days or later ones already."))
    if waiting := others.filter(state__in=Statement.OPEN).first():
        text = _("Statement %(number)s comes first: it waits for the supplier.")
        raise SettlementRefused(text % {"number": waiting.number})


def _fresh(partner: Partner, first: date, last: date, at: datetime) -> Statement:
    """Return the statement without lines: the draft that is there, or a new one."""
    found = Statement.objects.filter(partner=partner, first=first).first()
    if found is None:
        found = Statement(number=_number(last), partner=partner, first=first)
    elif found.state not in Statement.OPEN:
        raise SettledAlready(_("Statement %(number)s is confirmed already.") % {"number": found.number})
    else:
        found.lines.all().delete()
    found.last, found.state, found.drawn_at, found.objection = last, State.DRAFT, at, ""
    if found.pk is None:
        found.save()
    return found


def _number(last: date) -> str:
    month = f"{last:%Y%m}"
    return f"JS{month}-{next_number(f'settlement.{month}'):04d}"


def _lines(statement: Statement, *, before: datetime) -> list[StatementLine]:
    partner = statement.partner
    orders = list(settleable(partner, before=before))
    reached = positions(orders, before=before)
    had = stated(partner, [order.pk for order in orders], besides=statement)
    added = {
        order.pk: reached.get((order.pk, partner.pk), Position()) - had.get(order.pk, Position())
        for order in orders
    }
    return [
        StatementLine(statement=statement, order_id=pk, **now.as_row()) for pk, now in added.items() if now
    ]


def _sum_up(statement: Statement, lines: list[StatementLine]) -> None:
    whole = sum((Position.of(line) for line in lines), Position())
    for column, amount in whole.as_row().items():
        setattr(statement, column, amount)
    statement.carried_in = _carry(statement)
    statement.payable = statement.due + statement.carried_in
    statement.save()


def _carry(statement: Statement) -> object:
    """Take over what the statement before left below zero; it is closed by this."""
    before = (
        Statement.objects.filter(partner=statement.partner, last__lt=statement.first).order_by("last").last()
    )
    if before is None or before.payable >= 0:
        return Position().kept
    Statement.objects.filter(pk=before.pk).update(state=State.CARRIED)
    return before.payable


def _midnight_after(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
