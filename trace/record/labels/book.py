"""One PDF of label sheets under way: its fonts, the drawings and lasting parts written once, its pages."""

from functools import cache
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from record.labels.art import county_art
from record.labels.bars import bar_operators
from record.labels.cut_marks import cut_marks
from record.labels.ink import MM, Ink
from record.labels.label import Label, serial_groups
from record.labels.pdf import PdfWriter, number, text_string
from record.labels.presets import Preset
from record.labels.scratch import pin_operators
from record.labels.typeface import Typeface
from record.labels.variable import code_operators, serial_operators

_WEIGHTS = ("Regular", "Bold")
_KEPT_STAMPS = 200  # lasting parts kept at hand: a county's printing has one per batch


class Book:
    """Pages are added one by one and leave memory at once; `finish` closes the file."""

    def __init__(self, grid: Preset, *, out: BinaryIO, root: Path, title: str) -> None:
        self._grid = grid
        self._design = grid.design(grid.width, grid.height)
        self._faces = {weight: Typeface(weight=weight, root=root) for weight in _WEIGHTS}
        self._writer = PdfWriter(out)
        self._title = title
        self._font_objects = {weight: self._writer.reserve() for weight in _WEIGHTS}
        self._tree = self._writer.reserve()
        self._page_objects: list[int] = []
        self._drawings: dict[tuple[str, str], int] = {}
        self._stamps: dict[tuple[str, ...], int] = {}
        self._art = cache(county_art)

    def add(self, labels: list[Label]) -> int:
        """Write one page."""
        used: dict[str, int] = {}
        parts = [self._furniture(labels)]
        for place, label in enumerate(labels):
            stamp = self._stamp(label)
            used[f"S{stamp}"] = stamp
            parts.append(self._placed(label, stamp, place))
        content = self._writer.write_stream("\n".join(parts).encode("ascii"))
        width, height = (number(side * MM) for side in self._grid.page)
        page = (
            f"<</Type/Page/Parent {self._tree} 0 R/MediaBox[0 0 {width} {height}]/Contents {content} 0 R"
            f"/Resources<<{self._fonts()}{_objects(used)}>>>>"
        )
        self._page_objects.append(self._writer.write(page))
        return len(labels)

    def finish(self) -> None:
        """Write the fonts, the tree of pages and the root; the print dialogue is told not to scale."""
        for weight, face in self._faces.items():
            face.write(self._writer, at=self._font_objects[weight])
        kids = " ".join(f"{page} 0 R" for page in self._page_objects)
        self._writer.write(f"<</Type/Pages/Count {len(self._page_objects)}/Kids[{kids}]>>", at=self._tree)
        catalogue = self._writer.write(
            f"<</Type/Catalog/Pages {self._tree} 0 R/Lang(zh-CN)"
            "/ViewerPreferences<</PrintScaling/None/DisplayDocTitle true>>>>"
        )
        info = self._writer.write(f"<</Title{text_string(self._title)}/Producer(Fengtu)>>")
        self._writer.finish(catalogue=catalogue, info=info)

    def _placed(self, label: Label, stamp: int, place: int) -> str:
        """Return the operators of one label: its lasting part, its serial, its code."""
        x, y = self._grid.corner(place)
        height = self._grid.height
        foot = self._grid.page[1] - y - height
        serial = serial_operators(label.serial, design=self._design, height=height, face=self._faces["Bold"])
        rest = self._pin(label) + self._bars(label)
        return (
            f"q 1 0 0 1 {number(x * MM)} {number(foot * MM)} cm /S{stamp} Do\n"
            f"{serial}{rest}\n"
            f"{code_operators(label.link, design=self._design, height=height)} Q"
        )

    def _pin(self, label: Label) -> str:
        place = self._design.scratch
        if not (label.pin and place):
            return ""
        return "\n" + pin_operators(
            label.pin, place=place, height=self._grid.height, face=self._faces["Bold"]
        )

    def _bars(self, label: Label) -> str:
        place = self._design.bars
        if place is None:
            return ""
        return "\n" + bar_operators(label.serial, place=place, height=self._grid.height)

    def _stamp(self, label: Label) -> int:
        """Return the object that draws what this label shares with the others of its batch."""
        scratch = "scratch" if label.pin else ""
        key = (label.region, label.county, label.product, label.pack, label.lot, label.art, scratch)
        if key not in self._stamps:
            if len(self._stamps) >= _KEPT_STAMPS:
                self._stamps.clear()
            self._stamps[key] = self._write_stamp(label)
        return self._stamps[key]

    def _write_stamp(self, label: Label) -> int:
        art = self._art(label.region)
        ink = Ink(height=self._grid.height, art=art, faces=self._faces, black=self._design.black)
        self._design.draw(ink, label)
        drawings = {name: self._drawing(label.region, name, ink) for name in ink.drawings}
        box = f"0 0 {number(self._grid.width * MM)} {number(self._grid.height * MM)}"
        resources = f"{self._fonts()}{_objects(drawings)}"
        return self._form(ink.content, box=box, resources=resources)

    def _drawing(self, region: str, name: str, ink: Ink) -> int:
        key = (region, name)
        if key not in self._drawings:
            found = ink.drawings[name]
            states = "".join(
                f"/A{part}<</ca {part / 100}/CA {part / 100}>>" for part in sorted(found.opacities)
            )
            box = f"0 0 {number(found.width)} {number(found.height)}"
            self._drawings[key] = self._form(found.content, box=box, resources=f"/ExtGState<<{states}>>")
        return self._drawings[key]

    def _form(self, content: str, *, box: str, resources: str) -> int:
        entries = f"/Type/XObject/Subtype/Form/BBox[{box}]/Resources<<{resources}>>"
        return self._writer.write_stream(content.encode("ascii"), entries=entries)

    def _fonts(self) -> str:
        fonts = "".join(f"/{weight} {at} 0 R" for weight, at in self._font_objects.items())
        return f"/Font<<{fonts}>>"

    def _furniture(self, labels: list[Label]) -> str:
        """Return cut marks and the line in the margin that says what this sheet holds."""
        if not self._grid.cut_marks:
            return ""
        sheet = len(self._page_objects) + 1
        words = _("Sheet %(sheet)d · %(product)s · lot %(lot)s · %(first)s to %(last)s · print at 100 %%") % {
            "sheet": sheet,
            "product": labels[0].product,
            "lot": labels[0].lot or "–",
            "first": " ".join(serial_groups(labels[0].serial)),
            "last": " ".join(serial_groups(labels[-1].serial)),
        }
        x, y = number((self._grid.margin[0] + 1.5) * MM), number(min(self._grid.margin[1] / 2, 6) * MM - 2)
        note = f"BT .45 g /Regular 5.5 Tf {x} {y} Td {self._faces['Regular'].shown(words)} ET"
        return f"{cut_marks(self._grid)}\n{note}"


def _objects(names: dict[str, int]) -> str:
    return f"/XObject<<{''.join(f'/{name} {at} 0 R' for name, at in names.items())}>>" if names else ""
