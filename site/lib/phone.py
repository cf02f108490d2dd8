"""Phone numbers: one spelling for each (E.164, `+8613800001234`), however they were typed."""

import phonenumbers
from django.utils.translation import gettext_lazy as _

HOME = "CN"  # numbers without a country code are of mainland China
_CAN_RECEIVE_SMS = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


class InvalidPhone(ValueError):
    """Not a mobile number that exists."""

    def __init__(self, typed: str) -> None:
        super().__init__(_("Enter a mobile number, for example 138 0000 1234."))
        self.typed = typed


def normalise_phone(typed: str) -> str:
    """Return the E.164 form of a mobile number typed with or without spaces, dashes, 86, 0086 or +86.

    Raises:
        InvalidPhone: no such mobile number can exist.
    """
    try:
        number = phonenumbers.parse(_international(typed), HOME)
    except phonenumbers.NumberParseException:
        raise InvalidPhone(typed) from None
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in _CAN_RECEIVE_SMS:
        raise InvalidPhone(typed)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def display_phone(phone: str) -> str:
    """Return a normalised number as people read it: `138 0000 1234`; foreign ones keep their country code."""
    number = phonenumbers.parse(phone)
    home = number.country_code == phonenumbers.country_code_for_region(HOME)
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if home else form.INTERNATIONAL)


def masked_phone(phone: str) -> str:
    """Return a normalised number with its middle hidden (`138 **** 1234`), for screens and logs."""
    shown = display_phone(phone).replace(" ", "")
    return f"{shown[:3]} **** {shown[-4:]}"


def _international(typed: str) -> str:
    """Give China's own international prefix 00 its usual form."""
    text = typed.strip()
    return "+" + text[2:] if text.startswith("00") else text
