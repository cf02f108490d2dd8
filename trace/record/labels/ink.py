"""Draws the lasting part of a label: millimetres from its upper left corner in, PDF operators out."""

from collections.abc import Mapping

from record.labels.art import Art
from record.labels.drawing import Drawing, rgb
from record.labels.pdf import number
from record.labels.typeface import Typeface

MM = 72 / 25.4  # points in a millimetre
CORNER = 1.2  # mm, radius of plates
_KAPPA = 0.5523  # a quarter circle as a cubic curve


class Ink:
    """Gathers the operators of one label and the drawings they place.

    `drawings` maps the name a drawing is called by in the operators to the drawing.
    """

    def __init__(
        self, *, height: float, art: Art, faces: Mapping[str, Typeface], black: bool = False
    ) -> None:
        self._height = height
        self._art = art
        self._faces = faces
        self._black = black
        self._parts: list[str] = []
        self.drawings: dict[str, Drawing] = {}

    @property
    def content(self) -> str:
        """Return the operators so far."""
        return "\n".join(self._parts)

    def text(
        self, text: str, *, x: float, y: float, size: float, weight: str = "Regular", ink: str = "black"
    ) -> None:
        """Set one line with its baseline at `y`; `size` in points."""
        shown = self._faces[weight].shown(text)
        self._parts.append(
            f"BT {self._fill(ink)} /{weight} {number(size)} Tf {self._point(x, y)} Td {shown} ET"
        )

    def block(
        self, text: str, *, x: float, y: float, width: float, size: float, lines: int, weight: str, ink: str
    ) -> None:
        """Set text in at most `lines` lines of `width`: smaller where it must be, at the least cut with …."""
        set_size, rows = fitted(text, face=self._faces[weight], width=width * MM, size=size, lines=lines)
        step = set_size * 1.2 / MM
        first = y - (len(rows) - 1) * step / 2
        for place, row in enumerate(rows):
            self.text(row, x=x, y=first + place * step, size=set_size, weight=weight, ink=ink)

    def rule(self, *, x: float, y: float, width: float, weight: float = 0.25, ink: str = "brand") -> None:
        """Draw a horizontal rule `weight` millimetres thick."""
        self._parts.append(f"{self._fill(ink)} {self._box(x, y, width, weight)} re f")

    def plate(self, *, x: float, y: float, width: float, height: float, radius: float, ink: str) -> None:
        """Fill a rectangle with rounded corners."""
        self._parts.append(f"{self._fill(ink)} {self._rounded(x, y, width, height, radius)} f")

    def frame(self, *, x: float, y: float, width: float, height: float, weight: float, ink: str) -> None:
        """Draw a rectangle of lines `weight` millimetres thick."""
        line = f"{self._fill(ink).upper()} {number(weight * MM)} w"  # RG and G colour lines, rg and g areas
        self._parts.append(f"{line} {self._box(x, y, width, height)} re S")

    def drawing(self, name: str, *, x: float, y: float, width: float, height: float = 0) -> bool:
        """Place a drawing and say whether the county has it.

        With `height` it is cut to that box, its foot and middle kept (as on the site).
        """
        found = self._art.drawing(name, black=self._black)
        if found is None:
            return False
        self.drawings[name] = found
        scale = max(width / found.width, height / found.height)
        left = x - (found.width * scale - width) / 2
        foot = y + (height or found.height * scale)
        unit = number_fine(scale * MM)
        placed = f"{unit} 0 0 -{unit} {self._point(left, foot - found.height * scale)} cm /{name} Do"
        clip = f"{self._rounded(x, y, width, height, CORNER)} W n " if height else ""
        self._parts.append(f"q {clip}{placed} Q")
        return True

    def _fill(self, ink: str) -> str:
        if ink == "black" or self._black:
            return "0 g"
        return f"{rgb(self._art.inks[ink])} rg"

    def _point(self, x: float, y: float) -> str:
        return f"{number(x * MM)} {number((self._height - y) * MM)}"

    def _box(self, x: float, y: float, width: float, height: float) -> str:
        return f"{self._point(x, y + height)} {number(width * MM)} {number(height * MM)}"

    def _rounded(self, x: float, y: float, width: float, height: float, radius: float) -> str:
        """Return a closed outline; the corners are quarter circles."""
        right, foot, bend = x + width, y + height, radius * (1 - _KAPPA)
        point = self._point
        return (
            f"{point(x + radius, y)} m {point(right - radius, y)} l"
            f" {point(right - bend, y)} {point(right, y + bend)} {point(right, y + radius)} c"
            f" {point(right, foot - radius)} l"
            f" {point(right, foot - bend)} {point(right - bend, foot)} {point(right - radius, foot)} c"
            f" {point(x + radius, foot)} l"
            f" {point(x + bend, foot)} {point(x, foot - bend)} {point(x, foot - radius)} c"
            f" {point(x, y + radius)} l"
            f" {point(x, y + bend)} {point(x + bend, y)} {point(x + radius, y)} c h"
        )


def number_fine(value: float) -> str:
    """Return a scale, which needs more places than a position."""
    return f"{value:.5f}"


def fitted(text: str, *, face: Typeface, width: float, size: float, lines: int) -> tuple[float, list[str]]:
    """Return the largest size from `size` down at which `text` holds in `width` points, and its lines.

    Six tenths of `size` is the least; what then does not fit ends with ….
    """
    for step in range(10, 5, -1):
        tried = size * step / 10
        rows = broken(text, face=face, width=width, size=tried)
        if len(rows) <= (1 if step > 7 else lines):
            return tried, rows
    last = rows[lines - 1]
    while last and face.width(last + "…", size=tried) > width:
        last = last[:-1]
    return tried, [*rows[: lines - 1], last + "…"]


def broken(text: str, *, face: Typeface, width: float, size: float) -> list[str]:
    """Break `text` between any two characters, as Chinese is; spaces at a break are dropped."""
    rows, row = [], ""
    for character in text:
        if row and face.width(row + character, size=size) > width:
            rows.append(row.rstrip())
            row = ""
        row += character if row or character != " " else ""
    return [*rows, row.rstrip()]
