"""Confirming a phone number: a code goes there by SMS, whoever types it has the phone.

`send_code` and `confirm_code` are all that others need; each use has its own `purpose`, so that a code
asked for one thing proves nothing for another.
"""

from brand.phones.codes import (
    CodeExpired,
    CodeRefused,
    CodeTooSoon,
    NoTriesLeft,
    TooManyCodes,
    WrongCode,
    confirm_code,
    send_code,
)

__all__ = [
    "CodeExpired",
    "CodeRefused",
    "CodeTooSoon",
    "NoTriesLeft",
    "TooManyCodes",
    "WrongCode",
    "confirm_code",
    "send_code",
]
