"""Reads of claims and of what lies in a buyer's parcels."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from shop.aftersales.models import Claim
from shop.aftersales.states import CLOSED
from shop.fulfilment.models import ParcelCode
from shop.order.models import Line, Order


@dataclass(frozen=True, slots=True)
class Package:
    """A package the buyer has: its code, and the lot whose record tells where it comes from."""

    serial: str
    lot: str
    harvested: object
    delivered_at: datetime | None


def packages_of(line: Line) -> list[Package]:
    """Return the packages of a line that lie at the buyer. One query."""
    packed = ParcelCode.objects.filter(line__owed__line=line, came_back_at=None)
    rows = packed.select_related("code__batch", "parcel").order_by("pk")
    return [
        Package(
            row.code.serial,
            row.code.batch.lot if row.code.batch else "",
            row.code.batch.harvested_on if row.code.batch else None,
            row.parcel.delivered_at,
        )
        for row in rows
    ]


def claims_of(order: Order) -> QuerySet[Claim]:
    """Return the claims of an order, newest first. One query."""
    return Claim.objects.filter(line__order=order).select_related("line")


def with_open_claims() -> Q:
    """Return which orders are not over yet: somebody still asks for something."""
    return Q(pk__in=Claim.objects.exclude(state__in=CLOSED).values("line__order"))
