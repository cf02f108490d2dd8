"""Settlement as a part of the seller's desk."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from shop.desk.parts import Due, Part, Row
from shop.desk.scope import Scope
from shop.settlement.models import Statement

State = Statement.State
TONES = {State.DRAFT: "warn", State.DISPUTED: "bad", State.CONFIRMED: "brand", State.PAID: "ok"}


def part(scope: Scope, at: datetime) -> Part | None:
    """Return the newest statements; those to be confirmed are due. One query."""
    newest = list(scope.narrow(Statement.objects.select_related("partner"))[:4])
    waiting = [one for one in newest if one.state == State.DRAFT]
    dues = [] if scope.is_operator else [_due(one) for one in waiting]
    return Part(
        title=_("Settlement"),
        dues=dues,
        rows=[_row(one) for one in newest],
        count=len(waiting),
        more_url=reverse("shop-desk:statements"),
        icon="file",
        empty=_("The first statement comes after the first month with sales."),
    )


def _row(one: Statement) -> Row:
    return Row(
        f"{one.first:%Y-%m} · ¥{one.payable}",
        reverse("shop-desk:statement", args=[one.number]),
        note=one.partner.name,
        state=one.get_state_display(),
        tone=TONES.get(State(one.state), ""),
    )


def _due(one: Statement) -> Due:
    text = _("Look through statement %(number)s and confirm it") % {"number": one.number}
    return Due(text, reverse("shop-desk:statement", args=[one.number]))
