"""Serials: 16 characters of an alphabet a person cannot misread, from the system's own randomness.

The alphabet has 31 letters: the digits and capitals without 0, 1, I, O and U, which are the ones people
mix up with each other and with V on a worn package. 16 of them carry 16 · log2(31) ≈ 79 bits, so a serial
cannot be guessed, and two never meet by chance.
"""

import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
LENGTH = 16
GROUP = 4

# A byte below 248 = 8 · 31 stands for a letter, each equally often; the eight bytes above are thrown away.
_FAIR = len(ALPHABET) * (256 // len(ALPHABET))
_LETTER_OF_BYTE = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))
_UNFAIR_BYTES = bytes(range(_FAIR, 256))
_BETWEEN = " \t\r\n-–—_·.　"
_DROP = {ord(char): None for char in _BETWEEN}
_BATCH = 65_536


class InvalidSerial(ValueError):
    """The text cannot be a serial. `problem` says why: `letters` (with `found`) or `length`."""

    def __init__(self, problem: str, found: str) -> None:
        super().__init__(f"{problem}: {found}")
        self.problem = problem
        self.found = found


def new_serials(count: int) -> list[str]:
    """Return `count` new serials."""
    letters = bytearray()
    needed = count * LENGTH
    while len(letters) < needed:
        raw = secrets.token_bytes(max(64, min(needed - len(letters), _BATCH * LENGTH)))
        letters += raw.translate(_LETTER_OF_BYTE, _UNFAIR_BYTES)
    text = letters[:needed].decode("ascii")
    return [text[start : start + LENGTH] for start in range(0, needed, LENGTH)]


def tidied(text: str) -> str:
    """Return `text` in capitals of the usual width, without what people put between the letters."""
    return unicodedata.normalize("NFKC", text).translate(_DROP).upper()


def parse_serial(text: str) -> str:
    """Return what somebody typed or a QR code held as a serial.

    Case, spaces, hyphens and full-width letters do not matter.

    Raises:
        InvalidSerial: a letter that never occurs, or not 16 of them.
    """
    serial = tidied(text)
    strange = "".join(dict.fromkeys(char for char in serial if char not in ALPHABET))
    if strange:
        raise InvalidSerial("letters", strange)
    if len(serial) != LENGTH:
        raise InvalidSerial("length", str(len(serial)))
    return serial


def grouped(serial: str) -> str:
    """Return the serial as people read it: `7KQX M3RT W9HV 4CND`."""
    return " ".join(serial[start : start + GROUP] for start in range(0, len(serial), GROUP))
