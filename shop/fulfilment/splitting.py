"""Splitting: an order that may be sent becomes one consignment for each of its sellers."""

import secrets
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from shop.fulfilment.models import Consignment, ConsignmentLine
from shop.order.models import Line, Order
from shop.partner.models import Partner

SEND_WITHIN: Final = timedelta(hours=48)


class NothingToSend(ValueError):
    """No line of the order is left to send, or none has a seller."""


def split_order(*, order: Order, at: datetime) -> list[Consignment]:
    """Make a consignment for each seller of `order` and return them; called again, return those there are.

    What was withdrawn before is left out. The order's row is locked, so that two notices of one payment split
    it once. Call it in the transaction that makes the order ready to be sent.

    Raises:
        NothingToSend: every line was withdrawn, or belongs to nobody.
    """
    with transaction.atomic():
        Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
        there = list(order.consignments.filter(kind=Consignment.Kind.SALE).order_by("pk"))
        return there or _split(order, at)


def send_again(*, order: Order, partner: Partner, lines: dict[Line, int], at: datetime) -> Consignment:
    """Make a further consignment of `order` in exchange for what came back: quantities by line.

    The caller has reserved the stock; it is packed and sent like any other.

    Raises:
        NothingToSend: no quantity at all.
    """
    wanted = {line: quantity for line, quantity in lines.items() if quantity > 0}
    if not wanted:
        raise NothingToSend(order.number)
    with transaction.atomic():
        Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
        place = order.consignments.count() + 1
        return _make(order, partner, wanted, place=place, at=at, kind=Consignment.Kind.EXCHANGE)


def _split(order: Order, at: datetime) -> list[Consignment]:
    by_seller: dict[Partner, dict[Line, int]] = defaultdict(dict)
    for line in order.lines.select_related("partner").order_by("pk"):
        left = line.quantity - line.withdrawn_quantity
        if line.partner is not None and left > 0:
            by_seller[line.partner][line] = left
    if not by_seller:
        raise NothingToSend(order.number)
    return [
        _make(order, partner, lines, place=place, at=at)
        for place, (partner, lines) in enumerate(by_seller.items(), 1)
    ]


def _make(
    order: Order,
    partner: Partner,
    lines: dict[Line, int],
    *,
    place: int,
    at: datetime,
    kind: str = Consignment.Kind.SALE,
) -> Consignment:
    made = Consignment.objects.create(
        order=order,
        partner=partner,
        kind=kind,
        number=f"{order.number}-{place}",
        created_at=at,
        send_by=at + SEND_WITHIN,
        pickup_code=_pickup_code() if order.delivery == Order.Delivery.PICKUP else "",
    )
    ConsignmentLine.objects.bulk_create(
        ConsignmentLine(consignment=made, line=line, quantity=quantity) for line, quantity in lines.items()
    )
    return made


def _pickup_code() -> str:
    """Return eight digits that no waiting consignment has; the constraint would refuse a second one."""
    while True:
        code = f"{secrets.randbelow(10**8):08d}"
        if not Consignment.objects.filter(pickup_code=code).exists():
            return code
