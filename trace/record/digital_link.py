"""GS1 Digital Link: the web address in a QR code (GS1 Digital Link URI Syntax 1.6, AI 01, 22, 10, 21).

Pure: text in, parts out. Letters are read in any case, because the QR code carries them in upper case
(the alphanumeric mode keeps the symbol small).
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from lib.gtin import check_digit

# Qualifiers of a GTIN in the order the standard demands, with the longest value each may have.
_QUALIFIERS = {"22": 20, "10": 20, "21": 20}
_GTIN_LENGTHS = {8, 12, 13, 14}
_VALUE = re.compile(r"""[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+""")  # GS1 character set 82


class BadLink(ValueError):
    """The address breaks the syntax. `problem` is one of `gtin`, `check_digit`, `qualifier`, `value`."""

    def __init__(self, problem: str, found: str) -> None:
        super().__init__(f"{problem}: {found}")
        self.problem = problem
        self.found = found


@dataclass(frozen=True, slots=True)
class DigitalLink:
    """What a Digital Link names: a product, perhaps a lot of it, perhaps one package."""

    gtin: str
    lot: str = ""
    serial: str = ""

    @property
    def path(self) -> str:
        """The canonical path, percent-encoded."""
        lot = f"/10/{quote(self.lot, safe='')}" if self.lot else ""
        serial = f"/21/{quote(self.serial, safe='')}" if self.serial else ""
        return f"/01/{self.gtin}{lot}{serial}"


def parse_path(path: str) -> DigitalLink:
    """Return what `/01/<gtin>[/22/<variant>][/10/<lot>][/21/<serial>]` names, lot and serial in upper case.

    Raises:
        BadLink: saying what is wrong with it.
    """
    parts = path.strip("/").split("/")
    if len(parts) % 2 or parts[0] != "01":
        raise BadLink("qualifier", path)
    values = _qualifiers(parts[2:])
    return DigitalLink(
        gtin=_gtin14(parts[1]), lot=values.get("10", "").upper(), serial=values.get("21", "").upper()
    )


def qr_link(*, base_url: str, gtin: str | None, serial: str) -> str:
    """Return what the QR code of a package carries: a Digital Link, or `/T/…` without a GTIN; upper case."""
    parts = urlsplit(base_url)
    root = f"{parts.scheme}://{parts.netloc}".upper()
    return f"{root}/01/{gtin}/21/{serial}" if gtin else f"{root}/T/{serial}"


def _gtin14(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) in _GTIN_LENGTHS):
        raise BadLink("gtin", text)
    if check_digit(text[:-1]) != int(text[-1]):
        raise BadLink("check_digit", text)
    return text.zfill(14)


def _qualifiers(parts: list[str]) -> dict[str, str]:
    """Return `{AI: value}` of alternating AIs and values; each AI once, in the standard's order."""
    keys, values = parts[::2], parts[1::2]
    order = [key for key in _QUALIFIERS if key in keys]
    if keys != order:
        raise BadLink("qualifier", "/".join(keys))
    for key, value in zip(keys, values, strict=True):
        if len(value) > _QUALIFIERS[key] or not _VALUE.fullmatch(value):
            raise BadLink("value", f"{key}/{value}")
    return dict(zip(keys, values, strict=True))
