"""SSCC-18: the number of a carton or pallet (GS1 General Specifications §2.2.1 and §7.9).

One extension digit, the GS1 company prefix of whoever packs (7 to 10 digits in China), a serial reference
that fills up to 17 digits, and the check digit of every GS1 number.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lib.gtin import check_digit

LENGTH = 18
_PREFIX = re.compile(r"\d{7,10}", re.ASCII)
# What a scanner sends for AI 00: the bare number, the symbology identifier or the brackets people read.
_SCANNED = re.compile(r"(?:\]C1)?(?:\(00\)|00)?(\d{18})", re.ASCII)


class InvalidSscc(ValueError):
    """The text cannot be an SSCC: not 18 digits, or a wrong check digit."""


class PrefixUsedUp(OverflowError):
    """The serial reference no longer fits behind this company prefix."""


def new_sscc(*, prefix: str, reference: int, extension: int = 0) -> str:
    """Return the SSCC of the `reference`-th unit packed under a company `prefix`.

    Raises:
        InvalidSscc: the prefix has not 7 to 10 digits.
        PrefixUsedUp: every reference of this extension digit is taken.
    """
    if not _PREFIX.fullmatch(prefix):
        raise InvalidSscc(f"a GS1 company prefix has 7 to 10 digits: {prefix!r}")
    room = LENGTH - 2 - len(prefix)
    if not 0 <= reference < 10**room:
        raise PrefixUsedUp(f"{prefix} has numbers for {10**room:,} units")
    body = f"{extension}{prefix}{reference:0{room}d}"
    return f"{body}{check_digit(body)}"


def parse_sscc(text: str) -> str:
    """Return the 18 digits of what was typed or scanned: spaces, `(00)` and `]C1` do not matter.

    Raises:
        InvalidSscc: not an SSCC.
    """
    plain = re.sub(r"[\s-]", "", text)
    match = _SCANNED.fullmatch(plain)
    if not match:
        raise InvalidSscc(f"an SSCC has 18 digits: {plain[:40]!r}")
    number = match[1]
    if check_digit(number[:-1]) != int(number[-1]):
        raise InvalidSscc(f"wrong check digit: {number}")
    return number


def grouped(sscc: str) -> str:
    """Return the number as people read it: two digits, then groups of four, `06 9012 3456 0000 0011`."""
    return " ".join([sscc[:2], *(sscc[start : start + 4] for start in range(2, LENGTH, 4))])


def validate_prefix(value: str) -> None:
    """Refuse what is no GS1 company prefix.

    Raises:
        ValidationError: saying how many digits it has.
    """
    if not _PREFIX.fullmatch(value):
        raise ValidationError(_("A GS1 company prefix has 7 to 10 digits."), code="gs1_prefix")
