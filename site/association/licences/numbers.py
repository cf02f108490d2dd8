"""Licence numbers as people type them, brought into the form they were issued in."""

import re
import unicodedata

LONGEST = 32
_DASHES = re.compile(r"[\u00ad\u2010-\u2015\u2212]+|(?<=[A-Za-z0-9])\s*[\u30fc\u4e00]+\s*(?=[A-Za-z0-9])")
_SEPARATORS = re.compile(r"[\s\-]+")
_ADDRESS = re.compile(r"/licences/([^/?#\s]+)", re.IGNORECASE)


def canonical_number(typed: str) -> str:
    """Return the number in `typed`: upper case, plain dashes, no blanks; "" when there is none.

    Full-width characters, any kind of dash (一 and ー too, which Chinese keyboards give), surrounding
    words like 编号 and a pasted address of the result page are all accepted.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if address := _ADDRESS.search(text):
        text = address[1]
    text = text.removeprefix("授权").removeprefix("编号").lstrip(":： ")
    text = _DASHES.sub("-", text)
    return _SEPARATORS.sub("-", text).strip("-").upper()[:LONGEST]


def bare_number(number: str) -> str:
    """Return the number without its dashes, for people who left them out."""
    return number.replace("-", "")
