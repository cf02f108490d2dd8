"""The bar code of a carton's SSCC, as PDF operators."""

from dataclasses import dataclass

from lib.barcode import QUIET, sscc_bars
from record.labels.ink import MM
from record.labels.pdf import number

_WIDEST = 0.6  # mm a module takes at most; GS1 asks for 0.495 to 1.016 on cartons


@dataclass(frozen=True, slots=True)
class Bars:
    """Where the bars stand: top and height in mm, in the middle of a label that is `width` wide."""

    y: float
    height: float
    width: float


def bar_operators(sscc: str, *, place: Bars, height: float) -> str:
    """Return the bars as a 1-bit picture one row high, stretched to the height of the bars."""
    modules = sscc_bars(sscc)
    module = min(_WIDEST, place.width / (len(modules) + 2 * QUIET))
    wide = module * len(modules)
    left = number((place.width - wide) / 2 * MM)
    foot = number((height - place.y - place.height) * MM)
    filler = "0" * (-len(modules) % 8)
    bits = int(modules + filler, 2).to_bytes((len(modules) + len(filler)) // 8, "big")
    return (
        f"q 0 g {number(wide * MM)} 0 0 {number(place.height * MM)} {left} {foot} cm\n"
        f"BI/W {len(modules)}/H 1/IM true/D[1 0]/F/AHx ID\n{bits.hex()}>\nEI Q"
    )
