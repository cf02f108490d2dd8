"""Stopping: a cancelled order is packed no further; after a part was withdrawn the rest goes on."""

from datetime import datetime

from django.db import transaction

from shop.fulfilment.models import Consignment, Parcel
from shop.fulfilment.owing import owed
from shop.fulfilment.refusals import AlreadyLeft
from shop.fulfilment.sending import settle_order
from shop.order.models import Order

_OPEN = [Consignment.State.TO_PACK, Consignment.State.PARTLY_SENT]


def stop_order(*, order: Order, at: datetime) -> None:
    """Stop every consignment of an order that is being cancelled; what lies in open parcels is free again.

    Call it in the transaction that cancels. The stock is given back by the caller.

    Raises:
        AlreadyLeft: a parcel has left.
    """
    with transaction.atomic():
        held = list(order.consignments.select_for_update(of=("self",)).order_by("pk"))
        if Parcel.objects.filter(consignment__in=held).exclude(state=Parcel.State.PACKING).exists():
            raise AlreadyLeft(order.number)
        Parcel.objects.filter(consignment__in=held).delete()
        order.consignments.filter(state__in=_OPEN).update(state=Consignment.State.STOPPED, closed_at=at)


def settle_consignments(*, order: Order, at: datetime) -> None:
    """After lines were withdrawn: close what has nothing left to send, and let the order follow.

    Call it in the transaction that withdrew; open parcels stay, and cannot leave while too much is in them.
    """
    with transaction.atomic():
        held = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
        consignments = held.consignments.select_for_update(of=("self",)).filter(state__in=_OPEN)
        for consignment in consignments.order_by("pk"):
            lines = owed(consignment)
            if any(line.sent < line.wanted for line in lines):
                continue
            sent = any(line.sent for line in lines)
            consignment.state = Consignment.State.SENT if sent else Consignment.State.STOPPED
            consignment.closed_at = None if sent else at
            consignment.save(update_fields=["state", "closed_at"])
            consignment.parcels.filter(state=Parcel.State.PACKING).delete()
        settle_order(held, at=at)
        order.state = held.state
