"""GTIN: the number of a trade item, with its check digit (GS1 General Specifications §7.9)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LENGTHS = {8, 12, 13, 14}


def check_digit(digits: str) -> int:
    """Return the check digit that follows `digits`: weights 3 and 1 from the right, up to the next ten."""
    total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(digits)))
    return -total % 10


def to_gtin14(text: str) -> str:
    """Return a GTIN-8, -12, -13 or -14 as 14 digits.

    Raises:
        ValueError: not that many digits, or a wrong check digit.
    """
    if not (text.isascii() and text.isdigit() and len(text) in LENGTHS):
        raise ValueError(f"a GTIN has 8, 12, 13 or 14 digits: {text!r}")
    if check_digit(text[:-1]) != int(text[-1]):
        raise ValueError(f"wrong check digit: {text}")
    return text.zfill(14)


def validate_gtin14(value: str) -> None:
    """Refuse anything but 14 digits with the right check digit.

    Raises:
        ValidationError: with the digit that would be right.
    """
    if not (value.isascii() and value.isdigit() and len(value) == 14):
        raise ValidationError(
            _("A GTIN has 14 digits; put zeros in front of a shorter one."), code="gtin_length"
        )
    right = check_digit(value[:-1])
    if right != int(value[-1]):
        raise ValidationError(
            _("The check digit of this GTIN would be %(right)d."), code="gtin_check", params={"right": right}
        )
