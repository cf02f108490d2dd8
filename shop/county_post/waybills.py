"""Waybill numbers of the county's own parcels: the county's code, eight digits, a check digit.

The check digit is that of EAN-13 (weights 1 and 3 from the right), so that one mistyped digit is noticed.
"""

from typing import Final

from shop.fulfilment.models import Parcel

LENGTH: Final = 15


class NoWaybill(ValueError):
    """The digits are none of our waybill numbers."""


def county_waybill(parcel: Parcel) -> str:
    """Return the number of a saved parcel of an order with a county."""
    region = parcel.consignment.order.region
    body = f"{(region.adcode if region else '') or '000000':0<6.6}{parcel.pk:08d}"
    return body + str(_check_digit(body))


def read_waybill(text: str) -> str:
    """Return the number that was scanned or typed.

    Raises:
        NoWaybill: not fifteen digits, or mistyped.
    """
    digits = "".join(sign for sign in text.rstrip("/").rpartition("/")[2] if sign.isdecimal())
    if len(digits) != LENGTH or int(digits[-1]) != _check_digit(digits[:-1]):
        raise NoWaybill(text)
    return digits


def _check_digit(body: str) -> int:
    weighted = (int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return -sum(weighted) % 10
