"""On the desk: what is to be packed and sent."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.desk.parts import Due, Part, Row
from shop.desk.scope import Scope
from shop.fulfilment.models import Consignment, Parcel
from shop.fulfilment.owing import to_pack

NEWEST = 6
SOON = timedelta(hours=6)


def part(scope: Scope, at: datetime) -> Part:
    """Return the orders to pack, the most urgent first, and what is held up on the way. Five queries."""
    waiting = to_pack(scope.narrow(Consignment.objects.all()))
    count = waiting.count()
    rows = waiting.select_related("order__shipping_address", "order__pickup_point").prefetch_related(
        "lines__line"
    )
    return Part(
        title=_("Orders to send"),
        icon="basket",
        count=count,
        dues=[*_late(waiting, at), *_held_up(scope)],
        rows=[_row(one, at) for one in rows[:NEWEST]],
        more_url=reverse("shop-desk:orders"),
        empty=_("Everything has left. New orders come here by themselves."),
    )


def _row(consignment: Consignment, at: datetime) -> Row:
    goods = ", ".join(f"{line.line.title} × {line.quantity}" for line in consignment.lines.all())
    late = consignment.send_by < at
    soon = consignment.send_by < at + SOON
    return Row(
        text=goods or consignment.number,
        url=reverse("shop-desk:consignment", args=[consignment.number]),
        note=f"{consignment.number} · {_whereto(consignment)}",
        state=_("late") if late else _("today") if soon else "",
        tone="bad" if late else "warn",
    )


def _whereto(consignment: Consignment) -> str:
    order = consignment.order
    if order.pickup_point is not None:
        return str(order.pickup_point.name)
    address = order.shipping_address
    return f"{address.state}{address.line4}" if address else ""


def _late(waiting: QuerySet[Consignment], at: datetime) -> list[Due]:
    late = waiting.filter(send_by__lt=at).count()
    if not late:
        return []
    text = ngettext("Send %(number)d order that is late", "Send %(number)d orders that are late", late)
    return [Due(text % {"number": late}, reverse("shop-desk:orders"), urgent=True)]


def _held_up(scope: Scope) -> list[Due]:
    stuck = scope.narrow(Parcel.objects.filter(state=Parcel.State.TROUBLE), "consignment__partner")
    return [
        Due(
            _("Look after parcel %(number)s: it is held up") % {"number": parcel.waybill or parcel.number},
            reverse("shop-desk:parcel", args=[parcel.number]),
            due_at=parcel.traced_at,
            urgent=True,
        )
        for parcel in stuck[:5]
    ]
