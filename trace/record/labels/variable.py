"""What differs from label to label: the code and the serial, as PDF operators in the label's own corner."""

from lib import qr
from record.labels.designs import Design
from record.labels.ink import MM
from record.labels.label import serial_groups
from record.labels.pdf import number
from record.labels.typeface import Typeface

_PITCH = 780  # thousandths of the type size a character of a serial takes
_GAP = 0.6  # space between groups of four, in characters


def code_operators(link: str, *, design: Design, height: float) -> str:
    """Return the code as a 1-bit picture, in hexadecimal: no reader can mistake it for operators.

    Raises:
        TooLongForQr: the link fits no code.
    """
    code = qr.matrix(link)
    x, y, side = design.code
    module = side / (code.size + 2 * qr.QUIET)
    edge = number(code.size * module * MM)
    left = number((x + qr.QUIET * module) * MM)
    foot = number((height - y - (code.size + qr.QUIET) * module) * MM)
    return (
        f"0 g {edge} 0 0 {edge} {left} {foot} cm\n"
        f"BI/W {code.size}/H {code.size}/IM true/D[1 0]/F/AHx ID\n{code.bits().hex()}>\nEI"
    )


def serial_operators(serial: str, *, design: Design, height: float, face: Typeface) -> str:
    """Return the serial in groups of four, every character as wide as the next."""
    place = design.serial
    advance = (4 + _GAP) * _PITCH * place.size / 1000
    parts = [f"BT 0 g /Bold {number(place.size)} Tf"]
    for index, group in enumerate(serial_groups(serial)):
        line, column = divmod(index, place.groups)
        x = place.x * MM + column * advance
        y = (height - place.y - line * place.step) * MM
        parts.append(f"1 0 0 1 {number(x)} {number(y)} Tm {face.shown_evenly(group, pitch=_PITCH)}")
    return " ".join([*parts, "ET"])
