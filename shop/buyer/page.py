"""What the page of an order shows: its state in words, parcels with their way and their codes, its sums."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Sum
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from lib import qr
from shop.buyer.parts import Link, Part, links_of, parts_of
from shop.fulfilment.carriers import CARRIERS, carrier_name
from shop.fulfilment.models import Consignment, Parcel, ParcelCode
from shop.fulfilment.receiving import BY_ITSELF_AFTER
from shop.order.models import Line, Order
from shop.ordering.states import NEXT
from shop.payments.models import Due
from shop.payments.shares import summed
from shop.presale.stepping_back import holds_its_buyer

State = Order.State
STEPS = (State.UNPAID, State.TO_SEND, State.SENT, State.RECEIVED)


@dataclass(frozen=True, slots=True)
class ParcelShown:
    """One parcel: who carries it, what is in it, its steps from the newest."""

    parcel: Parcel
    carrier: str
    events: list[Any]
    codes: list[Any]
    inquiry_url: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Goods that wait at a pick-up point, with the code that opens them there."""

    consignment: Consignment
    code: str
    picture: SafeString
    here: bool


@dataclass(frozen=True, slots=True)
class OrderPage:
    """Everything the page shows. `step` counts from 1 to 4, 0 where the order was cancelled."""

    order: Order
    step: int
    due: Due | None
    lines: list[tuple[Line, list[Link]]]
    consignments: list[Consignment]
    parcels: list[ParcelShown]
    waiting: list[Waiting]
    goods: Decimal
    discounts: list[Any]
    refunded: Decimal
    may_cancel: bool
    may_confirm: bool
    closes_by_itself: datetime | None
    parts: list[Part]


def page_of(order: Order, *, at: datetime) -> OrderPage:
    """Return the page of `order`. About fourteen queries besides those of its parts."""
    lines = list(
        order.lines.select_related("product__brand_product__image", "product__parent", "partner").order_by(
            "pk"
        )
    )
    links = links_of(order, at=at)
    consignments = list(order.consignments.select_related("partner").order_by("pk"))
    parcels = _parcels(order)
    dues = list(order.dues.order_by("pk"))
    return OrderPage(
        order=order,
        step=_step(order),
        due=next((due for due in dues if _is_open(due, order, at)), None),
        lines=[(line, links.get(line.pk, [])) for line in lines],
        consignments=consignments,
        parcels=[_shown(parcel) for parcel in parcels],
        waiting=[_waiting(one, parcels) for one in consignments if _is_waiting(one, parcels)],
        goods=sum((line.line_price_before_discounts_incl_tax for line in lines), Decimal(0)),
        discounts=list(order.discounts.all()),
        refunded=_refunded(order),
        may_cancel=State.CANCELLED in NEXT[order.state] and not parcels and not holds_its_buyer(order),
        may_confirm=order.state == State.SENT,
        closes_by_itself=_closes(order, parcels),
        parts=parts_of(order, at=at),
    )


def _step(order: Order) -> int:
    places = {State.RESERVED: 2, State.PARTLY_SENT: 3, State.COMPLETED: 4, State.CANCELLED: 0}
    if order.state in places:
        return places[State(order.state)]
    return STEPS.index(State(order.state)) + 1


def _is_open(due: Due, order: Order, at: datetime) -> bool:
    if due.paid_at is not None or order.state not in {State.UNPAID, State.RESERVED}:
        return False
    return (due.opens_at is None or due.opens_at <= at) and (due.closes_at is None or due.closes_at > at)


def _parcels(order: Order) -> list[Parcel]:
    found = Parcel.objects.filter(consignment__order=order, sent_at__isnull=False)
    return list(
        found.select_related("consignment__partner").prefetch_related(
            "events",
            "lines__owed__line",
            Prefetch("codes", ParcelCode.objects.select_related("code__product")),
        )
    )


def _shown(parcel: Parcel) -> ParcelShown:
    carrier = CARRIERS.get(parcel.carrier)
    url = f"https://m.kuaidi100.com/result.jsp?nu={parcel.waybill}" if carrier and carrier.tracked else ""
    return ParcelShown(
        parcel=parcel,
        carrier=carrier_name(parcel.carrier),
        events=list(parcel.events.all()),
        codes=[row for row in parcel.codes.all() if row.came_back_at is None],
        inquiry_url=url,
    )


def _is_waiting(consignment: Consignment, parcels: list[Parcel]) -> bool:
    if not consignment.pickup_code or consignment.state == Consignment.State.STOPPED:
        return False
    mine = [parcel for parcel in parcels if parcel.consignment_id == consignment.pk]
    return not mine or any(parcel.delivered_at is None for parcel in mine)


def _waiting(consignment: Consignment, parcels: list[Parcel]) -> Waiting:
    here = any(
        parcel.state == Parcel.State.WAITING for parcel in parcels if parcel.consignment_id == consignment.pk
    )
    address = reverse("stations:handing-out") + f"?code={consignment.pickup_code}"
    link = settings.PUBLIC_BASE_URL.rstrip("/") + address
    picture = mark_safe(qr.svg(qr.single(link), label=consignment.pickup_code))  # noqa: S308 - drawn by us
    code = consignment.pickup_code
    return Waiting(consignment, f"{code[:4]} {code[4:]}", picture, here)


def _refunded(order: Order) -> Decimal:
    return summed(order.refunds.aggregate(sum=Sum("amount"))["sum"])


def _closes(order: Order, parcels: list[Parcel]) -> datetime | None:
    """Return when the order is taken as received by itself, None while a parcel is still on its way."""
    delivered = [parcel.delivered_at for parcel in parcels]
    if order.state != State.SENT or not delivered or None in delivered:
        return None
    return max(at for at in delivered if at is not None) + BY_ITSELF_AFTER
