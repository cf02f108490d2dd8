"""The scratch field of a label: a box with the PIN in it, where the coating goes, and what to do with it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from record.labels.ink import MM, Ink
from record.labels.pdf import number
from record.labels.typeface import Typeface

_PITCH = 640  # thousandths of the type size a digit takes
_GAP = 0.5  # space between the halves, in digits
_MARGIN = 1.0  # mm of bare paper between the frame and the words above it


@dataclass(frozen=True, slots=True)
class Scratch:
    """Where the field stands (left, top, width, height in mm) and the type size of its digits in points."""

    x: float
    y: float
    width: float
    height: float
    size: float


def draw_scratch(ink: Ink, place: Scratch) -> None:
    """Draw what every label shares: bare paper, the frame of the coating and the words above it."""
    words = _("Scratch off, then type this in")
    top = place.y + 3.2
    ink.plate(x=place.x, y=place.y, width=place.width, height=place.height, radius=0.8, ink="paper-2")
    ink.block(
        words,
        x=place.x + _MARGIN,
        y=place.y + 2.3,
        width=place.width - 2 * _MARGIN,
        size=5.2,
        lines=1,
        weight="Regular",
        ink="black",
    )
    ink.frame(
        x=place.x + _MARGIN,
        y=top,
        width=place.width - 2 * _MARGIN,
        height=place.height - 3.2 - _MARGIN,
        weight=0.2,
        ink="brand",
    )


def pin_operators(pin: str, *, place: Scratch, height: float, face: Typeface) -> str:
    """Return the digits in the middle of the field, in two halves."""
    half = (len(pin) + 1) // 2
    step = _PITCH * place.size / 1000
    width = (len(pin) + _GAP) * step
    left = (place.x + place.width / 2) * MM - width / 2
    middle = place.y + 3.2 + (place.height - 3.2 - _MARGIN) / 2
    foot = (height - middle) * MM - place.size * 0.36
    parts = [f"BT 0 g /Bold {number(place.size)} Tf"]
    for text, start in ((pin[:half], 0.0), (pin[half:], half + _GAP)):
        shown = face.shown_evenly(text, pitch=_PITCH)
        parts.append(f"1 0 0 1 {number(left + start * step)} {number(foot)} Tm {shown}")
    return " ".join([*parts, "ET"])
