"""What people type or scan into the box of `/trace/`: a serial, a whole link, or the number of a barcode.

Pure: text in, what was meant out.
"""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lib.sscc import InvalidSscc, parse_sscc
from record.codes.serials import ALPHABET, parse_serial
from record.digital_link import BadLink, DigitalLink, parse_path

_PACKAGE = re.compile(r"/(?:en/)?(?:t|trace)/([^/]+)/?", re.IGNORECASE)
_DIGITAL_LINK = re.compile(r"/(?:en/)?(01/.+)", re.IGNORECASE)
_CARTON = re.compile(r"/(?:en/)?(?:00|trace/cartons)/(\d{18})/?", re.IGNORECASE | re.ASCII)
_PAPER = re.compile(
    rf"(?:/(?:en/)?trace/(?:certificates|tests)/)?((?:HG|JC)\d{{6}}-[{ALPHABET}]{{6}})/?",
    re.IGNORECASE | re.ASCII,
)
_BARCODE = re.compile(r"\d{8}|\d{12,14}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """What was meant: a package (`serial`), a carton (`sscc`), a product and perhaps a lot of it (`link`), or
    a 合格证 or test by its number (`paper`).
    """

    serial: str = ""
    link: DigitalLink | None = None
    sscc: str = ""
    paper: str = ""


def read_entry(text: str) -> Entry:
    """Return what `text` means.

    Raises:
        InvalidSerial: it is meant as a serial and cannot be one.
        BadLink: it is meant as a Digital Link or a barcode and cannot be one.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    path = unquote(urlsplit(plain).path) if "/" in plain else ""
    if match := _DIGITAL_LINK.fullmatch(path):
        return _from_link(match[1])
    if match := _PAPER.fullmatch(path or plain):
        return Entry(paper=match[1].upper())
    if match := _CARTON.fullmatch(path):
        plain = match[1]
    with suppress(InvalidSscc):
        return Entry(sscc=parse_sscc(plain))
    if match := _PACKAGE.fullmatch(path):
        return Entry(serial=parse_serial(match[1]))
    digits = re.sub(r"[\s-]", "", plain)
    if _BARCODE.fullmatch(digits):
        return _from_link(f"01/{digits}")
    return Entry(serial=parse_serial(plain))


def _from_link(path: str) -> Entry:
    link = parse_path(f"/{path}")
    return Entry(serial=parse_serial(link.serial)) if link.serial else Entry(link=link)


__all__ = ["BadLink", "Entry", "read_entry"]
