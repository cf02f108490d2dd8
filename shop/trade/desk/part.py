"""Quotations as a part of the seller's desk."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from shop.desk.parts import Due, Part, Row
from shop.desk.scope import Scope
from shop.trade.models import Quotation

State = Quotation.State
TONES = {State.ASKED: "warn", State.OFFERED: "brand", State.ORDERED: "ok"}
ANSWER_WITHIN = timedelta(days=1)


def part(scope: Scope, at: datetime) -> Part | None:
    """Return the newest quotations; those without an answer are due within a day. One query."""
    newest = list(scope.narrow(Quotation.objects.select_related("buyer"))[:4])
    waiting = [one for one in newest if one.state == State.ASKED]
    return Part(
        title=_("Quotations"),
        dues=[_due(one, at) for one in waiting],
        rows=[_row(one) for one in newest],
        count=len(waiting),
        more_url=reverse("shop-desk:quotations"),
        icon="mail",
        empty=_("Restaurants and shops that ask for trade prices stand here."),
    )


def _row(one: Quotation) -> Row:
    return Row(
        one.buyer.name,
        reverse("shop-desk:quotation", args=[one.number]),
        note=one.number,
        state=one.get_state_display(),
        tone=TONES.get(State(one.state), ""),
    )


def _due(one: Quotation, at: datetime) -> Due:
    until = one.asked_at + ANSWER_WITHIN
    text = _("Answer %(buyer)s: it asks for a price") % {"buyer": one.buyer.name}
    return Due(text, reverse("shop-desk:quotation", args=[one.number]), due_at=until, urgent=until < at)
