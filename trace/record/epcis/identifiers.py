"""The identifiers of EPCIS: GS1 Digital Links, and the older EPC URNs that partners still send. Pure.

What we write is the canonical Digital Link (`https://id.gs1.org/…`). What we read may be on any host.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lib.gtin import check_digit
from record.digital_link import BadLink, DigitalLink, parse_path

CANONICAL = "https://id.gs1.org"
_URN = re.compile(
    r"urn:epc:(?:id:sgtin|idpat:sgtin|class:lgtin|idpat:lgtin):(\d{6,12})\.(\d{1,7})\.(.+)", re.IGNORECASE
)
_LOT = re.compile(r"urn:epc:(?:class|idpat):lgtin:", re.IGNORECASE)
_SSCC = re.compile(r"/00/(\d{18})/?\Z")
_SSCC_URN = re.compile(r"urn:epc:id:sscc:(\d{6,12})\.(\d{5,11})", re.IGNORECASE)
ANY = "*"


class BadIdentifier(ValueError):
    """Neither a Digital Link nor an EPC URN of a trade item or a carton."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What an identifier names: a carton (`sscc`), or a product, a lot of it, or one package.

    `lot` and `serial` may be `*`: any.
    """

    gtin: str = ""
    lot: str = ""
    serial: str = ""
    sscc: str = ""


def read_identifier(text: str) -> Pattern:
    """Return what `text` names.

    Raises:
        BadIdentifier: it names nothing of ours.
    """
    if text.lower().startswith("urn:"):
        return _urn(text)
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise BadIdentifier(text) from error
    if parts.scheme not in {"http", "https"}:
        raise BadIdentifier(text)
    if carton := _SSCC.search(parts.path):
        return Pattern(sscc=_checked(carton[1]))
    try:
        link = parse_path(unquote(parts.path[parts.path.index("/01/") :]))
    except (BadLink, ValueError) as error:
        raise BadIdentifier(text) from error
    return Pattern(link.gtin, link.lot, link.serial)


def lot_uri(gtin: str, lot: str) -> str:
    """Return the identifier of a lot, or of the product without one."""
    return f"{CANONICAL}{DigitalLink(gtin, lot).path}"


def package_uri(gtin: str, serial: str) -> str:
    """Return the identifier of one package."""
    return f"{CANONICAL}{DigitalLink(gtin, serial=serial).path}"


def carton_uri(sscc: str) -> str:
    """Return the identifier of a carton."""
    return f"{CANONICAL}/00/{sscc}"


def own_uri(slug: str, lot: str) -> str:
    """Return the identifier of a lot of a product without a GTIN: nobody else has a name for it."""
    return f"urn:fengtu:lot:{slug}:{lot}"


def _urn(text: str) -> Pattern:
    if carton := _SSCC_URN.fullmatch(text):
        extension, serial = carton[2][:1], carton[2][1:]
        body = f"{extension}{carton[1]}{serial}"
        if len(body) != 17:
            raise BadIdentifier(text)
        return Pattern(sscc=f"{body}{check_digit(body)}")
    found = _URN.fullmatch(text)
    if not found:
        raise BadIdentifier(text)
    prefix, item, last = found[1], found[2], unquote(found[3]).upper()
    body = f"{item[:1]}{prefix}{item[1:]}"
    if len(body) != 13:
        raise BadIdentifier(text)
    gtin = f"{body}{check_digit(body)}"
    return Pattern(gtin, lot=last) if _LOT.match(text) else Pattern(gtin, serial=last)


def _checked(sscc: str) -> str:
    if check_digit(sscc[:-1]) != int(sscc[-1]):
        raise BadIdentifier(sscc)
    return sscc
