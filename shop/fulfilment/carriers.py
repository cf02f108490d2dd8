"""Who carries parcels: their names, what their waybill numbers look like, who knows where a parcel is.

The numbers are those the carriers print; what the tracking service calls a carrier stands beside it.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

COUNTY: Final = "county"
OWN: Final = "own"
PHONE_LAST: Final = frozenset({"shunfeng", "zhongtong"})  # they tell the way only with the phone number


class WrongWaybill(ValueError):
    """The number cannot be one of that carrier; the text says why."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier. `shape` is what a waybill number matches; `tracked` says that the service knows it."""

    slug: str
    name: str | Promise
    shape: re.Pattern[str]
    example: str
    tracked: bool = True

    @property
    def numbered(self) -> bool:
        """Tell whether somebody types a waybill number."""
        return bool(self.example)


def _carrier(slug: str, name: str | Promise, shape: str, example: str, *, tracked: bool = True) -> Carrier:
    return Carrier(slug, name, re.compile(shape, re.ASCII), example, tracked)


CARRIERS: Final[dict[str, Carrier]] = {
    carrier.slug: carrier
    for carrier in (
        _carrier(COUNTY, gettext_lazy("The county's own parcels"), r"\d{15}", "", tracked=False),
        _carrier("shunfeng", gettext_lazy("SF Express"), r"SF\d{12,13}|\d{12}", "SF1234567890123"),
        _carrier("ems", gettext_lazy("EMS and China Post"), r"(\d{13}|[A-Z]{2}\d{9}CN)", "1234567890123"),
        _carrier("jd", gettext_lazy("JD Logistics"), r"JD[A-Z0-9]{11,18}", "JD0012345678901"),
        _carrier("zhongtong", gettext_lazy("ZTO Express"), r"\d{12,14}", "75312345678901"),
        _carrier("yuantong", gettext_lazy("YTO Express"), r"YT\d{13}|\d{10,13}", "YT1234567890123"),
        _carrier("shentong", gettext_lazy("STO Express"), r"\d{12,15}", "773123456789012"),
        _carrier("yunda", gettext_lazy("Yunda Express"), r"\d{13,15}", "4312345678901"),
        _carrier("jtexpress", gettext_lazy("J&T Express"), r"JT\d{13}", "JT1234567890123"),
        _carrier("debangkuaidi", gettext_lazy("Deppon Express"), r"(DPK)?\d{8,12}", "DPK202012345678"),
        _carrier(OWN, gettext_lazy("Brought by the seller"), r"", "", tracked=False),
    )
}


def checked_waybill(carrier: str, text: str) -> str:
    """Return the waybill number as it is kept: capitals, no spaces; "" for those that need none.

    Raises:
        WrongWaybill: no such carrier, or the number cannot be one of its.
    """
    known = CARRIERS.get(carrier)
    if known is None:
        raise WrongWaybill(_("Choose who carries the parcel."))
    if not known.numbered:
        return ""
    number = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()
    if not number:
        raise WrongWaybill(_("Type or scan the waybill number."))
    if not known.shape.fullmatch(number):
        facts = {"number": number, "carrier": known.name, "example": known.example}
        text = _("%(number)s is no number of %(carrier)s: those look like %(example)s.")
        raise WrongWaybill(text % facts)
    return number


def carrier_name(slug: str) -> str:
    """Return the name of a carrier, its slug where it is not among ours any more."""
    known = CARRIERS.get(slug)
    return str(known.name) if known else slug
