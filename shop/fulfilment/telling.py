"""Telling the buyer: paid, sent, waiting, delivered. Call these after the transaction has committed."""

from datetime import datetime

from django.urls import reverse

from shop.fulfilment.carriers import carrier_name
from shop.fulfilment.models import Parcel
from shop.order.models import Order
from shop.telling import tell_buyer, tell_sellers


def tell_ready(*, order: Order, at: datetime) -> None:
    """Tell the buyer that the order is paid, where it is, and each seller that there is something to pack."""
    if order.paid_at is not None:
        tell_paid(order=order, at=at)
    for consignment in order.consignments.select_related("partner").order_by("pk"):
        url = reverse("shop-desk:consignment", args=[consignment.number])
        key = f"to-pack:{consignment.pk}"
        facts = {"number": consignment.number}
        tell_sellers([consignment.partner], kind="order_to_pack", context=facts, at=at, key=key, url=url)


def tell_paid(*, order: Order, at: datetime) -> None:
    """Say that the order is paid and will be packed."""
    tell_buyer(order, kind="order_paid", context={}, at=at, key=f"order-paid:{order.pk}")


def tell_sent(*, parcel: Parcel, at: datetime) -> None:
    """Say that a parcel has left, with its carrier and number."""
    facts = {"carrier": carrier_name(parcel.carrier), "waybill": parcel.waybill}
    order = parcel.consignment.order
    tell_buyer(order, kind="order_sent", context=facts, at=at, key=f"parcel-sent:{parcel.pk}")


def tell_arrived(*, parcel: Parcel, at: datetime) -> None:
    """Say where a parcel waits, and the code that opens it there."""
    consignment = parcel.consignment
    order = consignment.order
    point = order.pickup_point
    facts = {
        "point": point.name if point else "",
        "place": point.place if point else "",
        "hours": point.hours if point else "",
        "code": consignment.pickup_code,
    }
    tell_buyer(order, kind="order_arrived", context=facts, at=at, key=f"parcel-arrived:{parcel.pk}")


def tell_delivered(*, parcel: Parcel, at: datetime) -> None:
    """Say that a parcel was delivered and what to do if it was not."""
    facts = {"handed_to": parcel.handed_to}
    order = parcel.consignment.order
    tell_buyer(order, kind="order_delivered", context=facts, at=at, key=f"parcel-done:{parcel.pk}")
