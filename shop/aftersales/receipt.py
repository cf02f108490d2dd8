"""When a buyer had the goods in hand: the moment from which the days of a claim count."""

from datetime import datetime

from django.db.models import Max

from shop.fulfilment.models import Parcel
from shop.order.models import Line, Order, OrderStatusChange

_HAD = {Order.State.RECEIVED, Order.State.COMPLETED}


def received_at(line: Line) -> datetime | None:
    """Return when the newest parcel with the line was signed for, else when the buyer said so; None before.

    Two queries at most.
    """
    parcels = Parcel.objects.filter(lines__owed__line=line, delivered_at__isnull=False)
    signed: datetime | None = parcels.aggregate(newest=Max("delivered_at"))["newest"]
    if signed is not None or line.order.state not in _HAD:
        return signed
    said = OrderStatusChange.objects.filter(order=line.order_id, new_status=Order.State.RECEIVED)
    return said.aggregate(newest=Max("date_created"))["newest"] or line.order.date_placed


def was_sent(line: Line) -> bool:
    """Tell whether anything of the line left."""
    return line.sent_quantity > 0
