"""Codes in a photo: what a phone without a scanner, or a browser without scripts, sends instead of text."""

from typing import IO

import zxingcpp
from django.core.files.base import File
from PIL import Image

from lib.pictures import read_picture
from record.codes.serials import InvalidSerial
from record.entry import BadLink, Entry, read_entry

MOST_CODES = 8  # a shelf may be in the picture
_KINDS = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.EAN13]
)


class NoCodeInPhoto(ValueError):
    """There is a picture, but nothing of ours in it that can be read. `found` is what was read instead."""

    def __init__(self, found: str = "") -> None:
        super().__init__(found)
        self.found = found


def read_photo(file: File | IO[bytes]) -> str:
    """Return the text of the code in the photo; of several, one that names a package comes first.

    Raises:
        NotAPicture: the file is none, or too large.
        NoCodeInPhoto: no code that leads anywhere here.
    """
    with Image.open(read_picture(file)) as image:
        found = [code.text for code in zxingcpp.read_barcodes(image.convert("L"), formats=_KINDS)][
            :MOST_CODES
        ]
    read = {text: entry for text in found if (entry := _entry(text))}
    if read:
        return min(read, key=lambda text: not read[text].serial)
    raise NoCodeInPhoto(found[0] if found else "")


def _entry(text: str) -> Entry | None:
    try:
        return read_entry(text)
    except (InvalidSerial, BadLink):
        return None
