"""The label on a parcel, 100 × 150 mm: who carries it, bars and QR of its number, from whom, to whom."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from brand.licences.papers.certificate import FORM, look_of
from brand.typeset import typeset
from lib import qr
from lib.barcode import plain_bars
from shop.fulfilment.carriers import COUNTY, carrier_name
from shop.fulfilment.desk.rows import receiver
from shop.fulfilment.models import Parcel

_TEMPLATE = Path(__file__).with_name("label.typ")


def label_pdf(parcel: Parcel) -> bytes:
    """Return the label of a parcel, packed or on its way.

    Raises:
        FontMissing: the front-end packages are not installed.
    """
    return typeset(_TEMPLATE, label_data(parcel))


def label_data(parcel: Parcel) -> dict[str, Any]:
    """Return what the template reads."""
    order = parcel.consignment.order
    member = parcel.consignment.partner.member
    number = parcel.waybill or parcel.number
    with translation.override(FORM):
        return {
            "carrier": carrier_name(parcel.carrier) if parcel.carrier else _("Being packed"),
            "number": number,
            "bars": plain_bars(number),
            "qr": qr.svg(qr.single(scan_link(parcel))),
            "to": pgettext("parcel", "To"),
            "receiver": receiver(parcel.consignment),
            "from": pgettext("parcel", "From"),
            "sender": [parcel.consignment.partner.name, member.phone if member else ""],
            "order": _("Order %(number)s") % {"number": order.number},
            "items": [[row.owed.line.title, f"× {row.quantity}"] for row in parcel.lines.all()],
            **look_of(order.region.slug if order.region else ""),
        }


def scan_link(parcel: Parcel) -> str:
    """Return what the QR code says: at the county's stations it opens the page of this parcel."""
    if parcel.carrier != COUNTY:
        return parcel.waybill or parcel.number
    return settings.PUBLIC_BASE_URL.rstrip("/") + reverse("stations:parcel", args=[parcel.waybill])
