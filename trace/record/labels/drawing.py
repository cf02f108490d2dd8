"""The themes' drawings as PDF operators: the part of SVG they use (paths, circles, flat inks, opacity).

SVG 2 §9 (paths), ISO 32000-1 §8.5. Units stay those of the drawing, y downwards: who places it turns it over.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from record.labels import svg_transform
from record.labels.pdf import number
from record.labels.svg_path import operators

_SVG = "{http://www.w3.org/2000/svg}"
_INHERITED = (
    "color",
    "fill",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "stroke-dashoffset",
)
_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}
_BLACK = "#000000"
_VARIABLE = re.compile(r"var\(--([\w-]+)(?:,(.*))?\)$")


class NotADrawing(ValueError):
    """The file is not one of the themes' drawings, or uses what they do not use."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing in its own units: size, operators, and the opacities (per cent) they name as /A<n>."""

    width: float
    height: float
    content: str
    opacities: frozenset[int]


def read_drawing(source: str, *, inks: Mapping[str, str]) -> Drawing:
    """Turn the one <symbol> of an SVG file into PDF operators, coloured by `inks` (name → "#rrggbb").

    What is drawn in `currentColor` without a colour of its own takes the ink "brand".

    Raises:
        NotADrawing: no symbol, or an element, transform or colour that is not understood.
    """
    try:
        symbol = ElementTree.fromstring(source).find(f"{_SVG}symbol")  # noqa: S314 - the project's own files
    except ElementTree.ParseError as error:
        raise NotADrawing(f"not SVG: {error}") from error
    if symbol is None:
        raise NotADrawing("no <symbol>")
    _, _, width, height = map(float, symbol.get("viewBox", "0 0 0 0").split())
    pen = _Pen(inks)
    for element in symbol:
        pen.draw(element, {"color": inks.get("brand", _BLACK), "fill": _BLACK, "stroke": "none"})
    return Drawing(width, height, "\n".join(pen.lines), frozenset(pen.opacities))


class _Pen:
    """Walks the elements of one drawing and gathers operators."""

    def __init__(self, inks: Mapping[str, str]) -> None:
        self._inks = inks
        self.lines: list[str] = []
        self.opacities: set[int] = set()

    def draw(self, element: ElementTree.Element, inherited: Mapping[str, str]) -> None:
        style = {**inherited, **{key: element.attrib[key] for key in _INHERITED if key in element.attrib}}
        kind = element.tag.removeprefix(_SVG)
        if kind not in {"g", "path", "circle"}:
            raise NotADrawing(f"<{kind}> is not used in drawings")
        self.lines.append("q")
        self._move(element.get("transform"))
        self._thin(element.get("opacity"))
        if kind == "g":
            for child in element:
                self.draw(child, style)
        else:
            self._paint(_outline(element), style)
        self.lines.append("Q")

    def _move(self, transform: str | None) -> None:
        if transform is None:
            return
        try:
            self.lines.append(svg_transform.operators(transform))
        except (ValueError, TypeError) as error:
            raise NotADrawing(str(error)) from error

    def _thin(self, opacity: str | None) -> None:
        if opacity is not None:
            percent = round(float(opacity) * 100)
            self.opacities.add(percent)
            self.lines.append(f"/A{percent} gs")

    def _paint(self, outline: str, style: Mapping[str, str]) -> None:
        fill, stroke = self._colour(style["fill"], style), self._colour(style["stroke"], style)
        if fill:
            self.lines.append(f"{fill} rg")
        if stroke:
            self.lines.append(f"{stroke} RG {_stroke(style)}")
        paint = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): "n"}
        self.lines.append(f"{outline} {paint[bool(fill), bool(stroke)]}")

    def _colour(self, value: str, style: Mapping[str, str]) -> str:
        """Return "r g b" from 0 to 1, or "" for none."""
        if value == "none":
            return ""
        if value == "currentColor":
            return self._colour(style["color"], style)
        variable = _VARIABLE.match(value)
        if variable:
            return self._colour(self._inks.get(variable[1]) or variable[2] or "", style)
        return rgb(value)


def rgb(value: str) -> str:
    """Return "#rrggbb" as the three numbers PDF wants.

    Raises:
        NotADrawing: not such a colour.
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise NotADrawing(f"colour {value!r} is not known")
    return " ".join(number(int(value[place : place + 2], 16) / 255) for place in (1, 3, 5))


def _stroke(style: Mapping[str, str]) -> str:
    dashes = style.get("stroke-dasharray", "none")
    dashed = "" if dashes == "none" else re.sub(r"[\s,]+", " ", dashes).strip()
    return (
        f"{number(float(style.get('stroke-width', '1')))} w {_CAPS[style.get('stroke-linecap', 'butt')]} J"
        f" {_JOINS[style.get('stroke-linejoin', 'miter')]} j"
        f" [{dashed}] {number(float(style.get('stroke-dashoffset', '0')))} d"
    )


def _outline(element: ElementTree.Element) -> str:
    if element.tag == f"{_SVG}path":
        return operators(element.get("d", ""))
    x, y, radius = (float(element.get(name, "0")) for name in ("cx", "cy", "r"))
    arc = f"a{radius} {radius} 0 1 0 "
    return operators(f"M{x - radius} {y}{arc}{2 * radius} 0{arc}{-2 * radius} 0z")
