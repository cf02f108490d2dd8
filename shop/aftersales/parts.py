"""What claims add to a buyer's order page: what was asked for, and the way to ask beside each line."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from shop.aftersales.reading import claims_of
from shop.aftersales.states import CLOSED
from shop.buyer.parts import Link, Part
from shop.order.models import Order


def part(order: Order, at: datetime) -> Part | None:
    """Return the claims of the order. One query."""
    claims = list(claims_of(order))
    return Part("shop/claims/part.html", {"claims": claims}) if claims else None


def line_links(order: Order, at: datetime) -> Mapping[int, Sequence[Link]]:
    """Return the way to ask, for each line of which something was sent and nothing is open. Two queries."""
    open_ones = set(claims_of(order).exclude(state__in=CLOSED).values_list("line_id", flat=True))
    text = _("Something is not right?")
    return {
        line.pk: [Link(text, reverse("claims:ask", args=[order.token, line.pk]))]
        for line in order.lines.all()
        if line.sent_quantity and line.refunded_quantity < line.quantity and line.pk not in open_ones
    }
