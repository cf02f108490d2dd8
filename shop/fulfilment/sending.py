"""Sending: the parcel leaves, and everything that follows from it in one transaction.

The packages are sold by their codes, the goods leave the stock, order and consignment move on, the record of
each batch says so.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from record.codes.refusals import CodesRefused
from record.codes.selling import sell_codes
from record.events.recording import EventRefused
from shop.county_post.waybills import county_waybill
from shop.fulfilment.carriers import CARRIERS, COUNTY, OWN, WrongWaybill, carrier_name, checked_waybill
from shop.fulfilment.models import Consignment, ConsignmentLine, Parcel
from shop.fulfilment.noting import note_sale
from shop.fulfilment.owing import Owed, owed
from shop.fulfilment.refusals import NotSent
from shop.fulfilment.telling import tell_sent
from shop.order.models import Line, Order
from shop.ordering.states import advance
from shop.stock.leaving import take_out
from shop.stock.refusals import StockRefused
from shop.tracking.ordering import order_news
from shop.tracking.tracing import Source, Step, trace

_SENDABLE = {Order.State.TO_SEND, Order.State.PARTLY_SENT}


def send_parcel(
    *,
    parcel: Parcel,
    carrier: str,
    at: datetime,
    by: User | None,
    waybill: str = "",
    without_codes: str = "",
) -> Parcel:
    """Let `parcel` leave with `carrier`; afterwards tell the buyer and order news from the carrier.

    `without_codes` is why packages that carry codes were not scanned: asked for where some were not.

    Raises:
        NotSent: it is empty, its codes or its stock do not allow it, the waybill number is wrong or used, or
            the order was cancelled; nothing was changed.
    """
    try:
        number = checked_waybill(carrier, waybill)
    except WrongWaybill as error:
        raise NotSent(str(error)) from error
    try:
        with transaction.atomic():
            sent = _send(parcel, carrier, number, without_codes.strip(), at=at, by=by)
            transaction.on_commit(lambda: _afterwards(sent, at))
    except IntegrityError as error:
        if not number or not Parcel.objects.filter(carrier=carrier, waybill=number).exists():
            raise
        text = _("Waybill %(number)s of %(carrier)s stands on another parcel already.")
        raise NotSent(text % {"number": number, "carrier": carrier_name(carrier)}) from error
    return sent


def _send(
    parcel: Parcel, carrier: str, waybill: str, without_codes: str, *, at: datetime, by: User | None
) -> Parcel:
    # always order, consignment, batches, stock: two acts on one order cannot wait for each other
    order = Order.objects.select_for_update(of=("self",)).get(consignments__parcels=parcel)
    consignment = Consignment.objects.select_for_update(of=("self",)).get(pk=parcel.consignment_id)
    held = Parcel.objects.get(pk=parcel.pk)
    consignment.order, held.consignment = order, consignment
    _check(held, order, owed(consignment), without_codes)
    _let_go(held, at=at, by=by)
    held.carrier, held.sent_at, held.without_codes = carrier, at, without_codes
    held.waybill = waybill or (county_waybill(held) if carrier == COUNTY else "")
    held.packed_by = held.packed_by or by
    held.save()
    trace(parcel=held, step=_first_step(held, order, at), by=by)
    _move_on(consignment, at=at)
    return held


def _check(parcel: Parcel, order: Order, lines: list[Owed], without_codes: str) -> None:
    if parcel.state != Parcel.State.PACKING:
        raise NotSent(_("This parcel has left already."))
    exchange = parcel.consignment.kind == Consignment.Kind.EXCHANGE
    if order.state not in _SENDABLE and not (exchange and order.state != Order.State.CANCELLED):
        raise NotSent(_("The order was cancelled. Leave the packages on the shelf."))
    packed = list(parcel.lines.select_related("owed__line"))
    if not packed:
        raise NotSent(_("The parcel is empty. Put something in first."))
    by_line = {line.line.pk: line for line in lines}
    for row in packed:
        if by_line[row.owed_id].left < 0:
            facts = {"title": row.owed.line.title, "number": -by_line[row.owed_id].left}
            raise NotSent(
                _("%(title)s: %(number)d too many since part was cancelled. Take them out.") % facts
            )
        if by_line[row.owed_id].coded and row.quantity > row.codes.count() and not without_codes:
            text = _("%(title)s: not every package was scanned. Scan the rest, or write why it has no code.")
            raise NotSent(text % {"title": row.owed.line.title})


def _let_go(parcel: Parcel, *, at: datetime, by: User | None) -> None:
    """Sell the packages, take the goods out of the stock and write the record of their batches."""
    sale = parcel.consignment.kind == Consignment.Kind.SALE
    codes = [row.code for row in parcel.codes.select_related("code__batch__product")]
    try:
        if codes:
            sell_codes(serials=[code.serial for code in codes], at=at, by=by, reason=parcel.number)
        for row in parcel.lines.select_related("owed__line__stockrecord").order_by("owed__line__stockrecord"):
            line = row.owed.line
            if line.stockrecord is not None:
                take_out(
                    stockrecord=line.stockrecord,
                    quantity=row.quantity,
                    at=at,
                    by=by,
                    line=line,
                    number=parcel.number,
                )
            ConsignmentLine.objects.filter(pk=row.owed_id).update(sent=F("sent") + row.quantity)
            if sale:
                Line.objects.filter(pk=line.pk).update(sent_quantity=F("sent_quantity") + row.quantity)
        batches = {code.batch.pk: code.batch for code in codes if code.batch is not None}
        for pk in sorted(batches):
            note_sale(batch=batches[pk], partner=parcel.consignment.partner, at=at, by=by)
    except (CodesRefused, StockRefused, EventRefused) as error:
        raise NotSent(str(error)) from error


def _first_step(parcel: Parcel, order: Order, at: datetime) -> Step:
    if parcel.carrier == OWN:
        text = _("Packed. The seller brings it.")
    else:
        text = _("Packed and handed over to %(carrier)s.") % {"carrier": carrier_name(parcel.carrier)}
    return Step(at=at, state=Parcel.State.HANDED_OVER, text=text, source=Source.SELLER)


def _move_on(consignment: Consignment, *, at: datetime) -> None:
    """Let the state of the consignment and of its order follow from what has left."""
    done = all(line.sent >= line.wanted for line in owed(consignment))
    consignment.state = Consignment.State.SENT if done else Consignment.State.PARTLY_SENT
    consignment.save(update_fields=["state"])
    settle_order(consignment.order, at=at)


def settle_order(order: Order, *, at: datetime) -> None:
    """Move an order that is being sent to where its consignments are; call it with the order locked.

    After something was withdrawn what is left of it may have left already.
    """
    if order.state not in _SENDABLE:
        return
    states = set(
        order.consignments.filter(kind=Consignment.Kind.SALE)
        .exclude(state=Consignment.State.STOPPED)
        .values_list("state", flat=True)
    )
    if not states or states == {Consignment.State.TO_PACK}:
        return
    done = states <= {Consignment.State.SENT, Consignment.State.RECEIVED}
    to = Order.State.SENT if done else Order.State.PARTLY_SENT
    if order.state != to:
        advance(order, to, at=at)


def _afterwards(parcel: Parcel, at: datetime) -> None:
    """Tell people and the tracking service; whatever fails there, the parcel has left."""
    tell_sent(parcel=parcel, at=at)
    if CARRIERS[parcel.carrier].tracked:
        order_news(parcel=parcel, at=at)
