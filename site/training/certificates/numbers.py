"""Numbers of certificates: drawn, not counted, so that one tells nothing of the next; the last sign checks.

PX for 培训 (training), the year, seven signs of 35 random bits and one that checks them, in Crockford's
base 32 (https://www.crockford.com/base32.html), which has no I, L, O and U to be misread.
"""

import re
import unicodedata
from secrets import choice

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LONGEST = 32
_WRITTEN = re.compile(r"PX(\d{4})([0-9A-HJKMNP-TV-Z]{8})")
_ADDRESS = re.compile(r"/certificates/([^/?#\s]+)", re.IGNORECASE)
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_number(*, year: int) -> str:
    """Return a number like PX-2026-7K3M9Q2X. The caller tries again in the rare case that it is taken."""
    signs = "".join(choice(SIGNS) for _ in range(7))
    return f"PX-{year}-{signs}{_check_sign(signs)}"


def canonical_number(typed: str) -> str:
    """Return what was typed as numbers are written; "" when nothing was.

    Full-width signs, missing or other dashes, small letters, O for 0 and I for 1, words in front and a pasted
    address are all understood.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if address := _ADDRESS.search(text):
        text = address[1]
    bare = re.sub(r"[^0-9A-Z]", "", text.upper())[:LONGEST]
    if not bare.startswith("PX"):
        return bare
    found = _WRITTEN.fullmatch("PX" + bare[2:].translate(_READ_AS))
    return f"PX-{found[1]}-{found[2]}" if found else bare


def is_misread(number: str) -> bool:
    """Tell whether a number cannot be one of ours: a sign of it was misread or mistyped."""
    found = _WRITTEN.fullmatch(number.replace("-", ""))
    return found is None or _check_sign(found[2][:7]) != found[2][7]


def _check_sign(signs: str) -> str:
    """Return the sign that finds one wrong sign, and two neighbours exchanged unless they are 16 apart.

    Odd weights have an inverse modulo 32, so a wrong sign always shows; neighbouring ones differ by 2.
    """
    weighed = (weight * SIGNS.index(sign) for weight, sign in zip(range(1, 14, 2), signs, strict=True))
    return SIGNS[sum(weighed) % 32]
