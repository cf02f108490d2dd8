"""One consignment, and one parcel on the table."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shop.desk.gate import SellerRequest, seller_page
from shop.desk.pages import desk_page
from shop.fulfilment.carriers import CARRIERS, COUNTY, OWN
from shop.fulfilment.desk.finding import consignment_of, parcel_of
from shop.fulfilment.desk.rows import receiver, rows_of
from shop.fulfilment.models import Parcel
from shop.fulfilment.owing import owed
from shop.fulfilment.packing import OPEN


@require_safe
@seller_page
def consignment(request: SellerRequest, number: str) -> HttpResponse:
    """Show what one order wants from this seller, and its parcels."""
    found = consignment_of(request, number)
    lines = owed(found)
    parcels = found.parcels.prefetch_related("codes__code", "lines__owed__line").order_by("pk")
    context = {
        "consignment": found,
        "order": found.order,
        "lines": lines,
        "parcels": parcels,
        "open": found.state in OPEN and any(line.left > 0 for line in lines),
        "packing": next((one for one in parcels if one.state == Parcel.State.PACKING), None),
        "receiver": receiver(found),
        "now": timezone.now(),
    }
    title = _("Order %(number)s") % {"number": found.number}
    return desk_page(request, "shop/desk/consignment.html", context, title=title, above=(_orders(),))


@require_safe
@seller_page
def parcel(request: SellerRequest, number: str) -> HttpResponse:
    """Show the parcel on the table: what is in it, what is missing; or, once it left, where it is."""
    return parcel_page(request, parcel_of(request, number))


def parcel_page(
    request: SellerRequest, found: Parcel, *, status: int = 200, wrong: str = "", typed: str = "",
    sending: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Render the page of a parcel; `wrong` says why the last act was refused, `sending` what was typed."""
    rows = rows_of(found) if found.state == Parcel.State.PACKING else []
    pickup = found.consignment.order.pickup_point is not None
    context = {
        "parcel": found,
        "consignment": found.consignment,
        "order": found.consignment.order,
        "rows": rows,
        "complete": bool(rows) and all(row.room == 0 for row in rows),
        "filled": any(row.here for row in rows),
        "unscanned": any(row.owed.coded and row.loose for row in rows),
        "carriers": CARRIERS.values(),
        "sending": sending or {"carrier": OWN if pickup else COUNTY},
        "receiver": receiver(found.consignment),
        "wrong": wrong,
        "typed": typed,
        "may_arrive": pickup and found.state == Parcel.State.HANDED_OVER,
    }
    number = found.consignment.number
    order = (_("Order %(number)s") % {"number": number}, reverse("shop-desk:consignment", args=[number]))
    title = _("Parcel %(number)s") % {"number": found.number}
    template = "shop/desk/packing.html" if found.state == Parcel.State.PACKING else "shop/desk/parcel.html"
    return desk_page(request, template, context, title=title, above=(_orders(), order), status=status)


def _orders() -> tuple[str, str]:
    return _("Orders to send"), reverse("shop-desk:orders")
