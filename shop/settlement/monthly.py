"""The statements of a month, for every supplier who sold something."""

from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from shop.partner.models import Partner
from shop.settlement.drawing import draw_statement
from shop.settlement.models import Statement
from shop.settlement.refusals import SettlementRefused
from shop.telling import tell_sellers


def draw_month(*, first: date, last: date, at: datetime, by: User | None) -> tuple[int, list[str]]:
    """Draw up a month for all suppliers; return how many, and what stood in the way of the others.

    Each supplier is a transaction of its own. Who has a confirmed statement of the month keeps it; who sold
    nothing gets none.
    """
    made, refused = 0, []
    for partner in Partner.objects.filter(order_lines__isnull=False).distinct().order_by("name"):
        if Statement.objects.filter(partner=partner, first=first).exclude(state__in=Statement.OPEN).exists():
            continue
        try:
            made += _draw(partner, first, last, at, by)
        except SettlementRefused as reason:
            refused.append(f"{partner.name}: {reason}")
    return made, refused


@transaction.atomic
def _draw(partner: Partner, first: date, last: date, at: datetime, by: User | None) -> int:
    statement = draw_statement(partner=partner, first=first, last=last, at=at, by=by)
    if not statement.payable and not statement.lines.exists():
        transaction.set_rollback(True)
        return 0
    transaction.on_commit(partial(_tell, statement, at))
    return 1


def _tell(statement: Statement, at: datetime) -> None:
    tell_sellers(
        [statement.partner],
        kind="statement_drawn",
        context={
            "number": statement.number,
            "month": f"{statement.first:%Y-%m}",
            "payable": statement.payable,
        },
        at=at,
        key=f"statement:{statement.pk}:{at.isoformat()}",
        url=reverse("shop-desk:statement", args=[statement.number]),
    )
