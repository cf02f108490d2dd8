"""Receiving: the buyer says so, the pick-up point hands out, or ten days pass after the delivery."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from shop.county_post.models import Station
from shop.fulfilment.models import Consignment, Parcel
from shop.order.models import Order
from shop.ordering.states import advance
from shop.tracking.tracing import Source, Step, trace

BY_ITSELF_AFTER: Final = timedelta(days=10)  # after the last parcel was delivered
UNHEARD_AFTER: Final = timedelta(days=15)  # after it was sent, where no carrier tells of the delivery
_QUIET = [Parcel.State.HANDED_OVER, Parcel.State.DELIVERED]


class NotReceived(ValueError):
    """Nothing was changed; the text says why in plain words."""


def confirm_receipt(
    *, order: Order, at: datetime, by: User | None = None, source: str = Source.BUYER
) -> None:
    """Take down that everything of `order` has arrived.

    Raises:
        NotReceived: not everything was sent yet, or it was received already.
    """
    with transaction.atomic():
        held = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
        if held.state != Order.State.SENT:
            raise NotReceived(_why_not(held))
        for parcel in Parcel.objects.filter(
            consignment__order=held, delivered_at=None, sent_at__isnull=False
        ):
            words = _("The buyer has it.") if source == Source.BUYER else _("Taken as received.")
            step = Step(at=at, state=Parcel.State.DELIVERED, text=words, source=source)
            trace(parcel=parcel, step=step, by=by)
        _receive(held, at=at)
    order.state = held.state


def hand_out(
    *, code: str, at: datetime, by: User, handed_to: str = "", station: Station | None = None
) -> Consignment:
    """Hand the goods of a pick-up code to who shows it; whole orders are received with it.

    Raises:
        NotReceived: no such code, not there yet, or handed out already.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update(of=("self",)).filter(consignments__pickup_code=code).first()
        held = Consignment.objects.select_for_update(of=("self",)).filter(pickup_code=code).first()
        if not code or order is None or held is None:
            raise NotReceived(_("There is no such pick-up code. Ask for the eight digits under the QR code."))
        point = order.pickup_point
        if station is not None and point is not None and station.pickup_point_id != point.pk:
            raise NotReceived(_("It is to be picked up at %(point)s.") % {"point": point.name})
        waiting = list(held.parcels.filter(sent_at__isnull=False, delivered_at=None))
        if not waiting:
            raise NotReceived(
                _("Handed out already.") if held.parcels.exists() else _("It has not come here yet.")
            )
        for parcel in waiting:
            step = Step(
                at=at, state=Parcel.State.DELIVERED, text=_("Handed out at the pick-up point."),
                source=Source.COUNTY if station else Source.SELLER,
                place=point.name if point else "", handed_to=handed_to,
            )  # fmt: skip
            trace(parcel=parcel, step=step, by=by, station=station)
        all_there = not Parcel.objects.filter(consignment__order=order, delivered_at=None).exists()
        if order.state == Order.State.SENT and all_there:
            _receive(order, at=at)
    return held


def receive_by_itself(*, at: datetime) -> int:
    """Take orders as received that nobody confirmed in time; return how many."""
    done = 0
    for order in overdue(at=at):
        try:
            confirm_receipt(order=order, at=at, source=Source.SYSTEM)
        except NotReceived:  # somebody was faster
            continue
        done += 1
    return done


def overdue(*, at: datetime) -> QuerySet[Order]:
    """Return the orders whose time is over. A parcel that is held up, or known to be on its way, waits."""
    parcels = Parcel.objects.filter(consignment__order=OuterRef("pk"), sent_at__isnull=False)
    on_the_way = parcels.exclude(state__in=_QUIET)
    unheard = parcels.filter(delivered_at=None, sent_at__gt=at - UNHEARD_AFTER)
    sent = Order.objects.filter(state=Order.State.SENT).exclude(Exists(on_the_way)).exclude(Exists(unheard))
    last = sent.annotate(
        last_delivered=Max("consignments__parcels__delivered_at"),
        last_sent=Max("consignments__parcels__sent_at"),
    )
    old = last.filter(last_delivered__lte=at - BY_ITSELF_AFTER)
    silent = last.filter(last_delivered=None, last_sent__lte=at - UNHEARD_AFTER)
    return old | silent


def received_at(order: Order) -> datetime | None:
    """Return when the buyer had everything; None before. One query."""
    found: datetime | None = (
        order.status_changes.filter(new_status=Order.State.RECEIVED)
        .values_list("date_created", flat=True)
        .first()
    )
    return found


def _receive(order: Order, *, at: datetime) -> None:
    advance(order, Order.State.RECEIVED, at=at)
    sent = order.consignments.filter(state=Consignment.State.SENT)
    sent.update(state=Consignment.State.RECEIVED, closed_at=at)


def _why_not(order: Order) -> str:
    if order.state in {Order.State.RECEIVED, Order.State.COMPLETED}:
        return _("This order was received already.")
    if order.state == Order.State.CANCELLED:
        return _("This order was cancelled.")
    return _("Not everything of this order has been sent yet.")
