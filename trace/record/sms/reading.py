"""Which code a text message asks about. Pure: text in, serial out."""

import re
import unicodedata

from record.codes.serials import ALPHABET, LENGTH, InvalidSerial
from record.entry import BadLink, read_entry

_BETWEEN = r"[\s\-–—_·.]*"
_SERIAL = re.compile(rf"(?<![A-Z0-9])(?:[{ALPHABET}]{_BETWEEN}){{{LENGTH - 1}}}[{ALPHABET}](?![A-Z0-9])")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


class NoSerial(ValueError):
    """The text holds no code, or something that is none."""


def read_serial(text: str) -> str:
    """Return the serial somebody sent, alone or inside a sentence, or in the link of a QR code.

    Raises:
        NoSerial: there is none in it.
    """
    plain = unicodedata.normalize("NFKC", text)
    for link in _LINK.findall(plain):
        if serial := _of_link(link):
            return serial
    if found := _SERIAL.search(plain.upper()):
        return "".join(char for char in found[0] if char in ALPHABET)
    raise NoSerial(text)


def _of_link(link: str) -> str:
    try:
        return read_entry(link).serial
    except (InvalidSerial, BadLink):
        return ""
