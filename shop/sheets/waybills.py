"""Tables of waybills: many orders leave at once, each as a whole with its number.

Packages that carry codes are packed by scanning; a line that leaves them unscanned says why.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from shop.fulfilment.carriers import CARRIERS, WrongWaybill, carrier_name, checked_waybill
from shop.fulfilment.models import Consignment
from shop.fulfilment.owing import owed
from shop.fulfilment.packing import add_without_code, begin_parcel
from shop.fulfilment.refusals import NotPacked, NotSent
from shop.fulfilment.sending import send_parcel
from shop.sheets.columns import Cells, Checked, Column, Kind, Refused, State

COLUMNS = (
    Column("consignment", gettext_lazy("consignment"), "26112300012-1", needed=True),
    Column("to", gettext_lazy("recipient"), "王**"),
    Column("articles", gettext_lazy("articles"), "潞城大葱 鲜葱 ×2"),
    Column("carrier", gettext_lazy("carrier"), "中通快递", needed=True),
    Column("waybill", gettext_lazy("waybill number"), "75312345678901", needed=True),
    Column("without_codes", gettext_lazy("why codes were not scanned"), ""),
)
_OPEN = [Consignment.State.TO_PACK, Consignment.State.PARTLY_SENT]


def _meant(cells: Cells) -> tuple[Consignment, str]:
    """Return the consignment and the carrier.

    Raises:
        Refused: there is no such consignment to send, or nobody knows the carrier or such a number of it.
    """
    number = cells["consignment"].strip()
    found = Consignment.objects.select_related("order", "partner").filter(number=number).first()
    if found is None:
        raise Refused(_("There is no consignment %(number)s.") % {"number": number})
    if found.state not in _OPEN:
        raise Refused(_("It is sent or stopped already: %(state)s.") % {"state": found.get_state_display()})
    names = {str(carrier_name(slug)): slug for slug in CARRIERS} | {slug: slug for slug in CARRIERS}
    carrier = names.get(cells["carrier"].strip())
    if carrier is None:
        raise Refused(_("Nobody knows the carrier %(name)s.") % {"name": cells["carrier"]})
    try:
        checked_waybill(carrier, cells["waybill"])
    except WrongWaybill as error:
        raise Refused(str(error)) from error
    return found, carrier


def _check(cells: Cells, at: datetime) -> Checked:
    consignment, carrier = _meant(cells)
    said = _("%(order)s leaves with %(carrier)s.")
    return Checked(
        State.READY, [said % {"order": consignment.order.number, "carrier": carrier_name(carrier)}]
    )


def _take(cells: Cells, at: datetime, by: User) -> Checked:
    consignment, carrier = _meant(cells)
    try:
        parcel = begin_parcel(consignment=consignment, at=at, by=by)
        for one in owed(consignment):
            if one.left > 0:
                add_without_code(parcel=parcel, line=one.line, quantity=one.left)
        send_parcel(
            parcel=parcel, carrier=carrier, waybill=cells["waybill"], at=at, by=by,
            without_codes=cells.get("without_codes", ""),
        )  # fmt: skip
    except (NotPacked, NotSent) as error:
        raise Refused(str(error)) from error
    return Checked(State.DONE, [_("Sent as parcel %(number)s.") % {"number": parcel.number}])


def _rows() -> Iterator[dict[str, Any]]:
    waiting = Consignment.objects.filter(state__in=_OPEN).select_related("order__shipping_address")
    for consignment in waiting.prefetch_related("lines__line"):
        address = consignment.order.shipping_address
        yield {
            "consignment": consignment.number,
            "to": address.name if address else "",
            "articles": "、".join(f"{one.line.title} ×{one.quantity}" for one in consignment.lines.all()),
        }


WAYBILLS = Kind(
    "waybills",
    gettext_lazy("Waybills"),
    gettext_lazy(
        "Take along what is to be sent, fill in carrier and waybill number, send it in. "
        "Each order leaves whole."
    ),
    COLUMNS,
    _check,
    _take,
    "order.change_order",
    _rows,
)
