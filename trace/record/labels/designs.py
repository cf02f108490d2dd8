"""How a label of each size looks: the part that all labels of a batch share, and where code and serial go.

Everything stands 1.5 mm inside the edge, so that a sheet fed a little askew still cuts clean. The code keeps
its quiet zone, modules are never under 0.4 mm, and it stands on bare paper.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from record.labels.bars import Bars
from record.labels.ink import CORNER, MM, Ink
from record.labels.label import Label
from record.labels.scratch import Scratch, draw_scratch

_SLIP_CHARACTERS = 8


@dataclass(frozen=True, slots=True)
class Serial:
    """Where the serial stands: left edge and first baseline in mm, type in points, groups of four a line."""

    x: float
    y: float
    size: float
    groups: int
    step: float = 0.0


@dataclass(frozen=True, slots=True)
class Design:
    """The look of one label size; the code's box (x, y, side in mm) includes the quiet zone."""

    code: tuple[float, float, float]
    serial: Serial
    draw: Callable[[Ink, Label], None]
    black: bool = False
    scratch: Scratch | None = None
    bars: Bars | None = None


def small(width: float, height: float) -> Design:
    """Return the design for about 46 × 21 mm: code right, words left."""
    side = height - 2.4
    column = width - side - 4

    def draw(ink: Ink, label: Label) -> None:
        ink.drawing("mark", x=2, y=2.1, width=6.2)
        ink.block(
            label.product, x=9.2, y=5.0, width=column - 6.4, size=8.4, lines=2, weight="Bold", ink="black"
        )
        ink.block(
            label.pack, x=9.2, y=8.1, width=column - 6.4, size=5.2, lines=1, weight="Regular", ink="ink-2"
        )
        ink.rule(x=2, y=9.9, width=column, weight=0.3)
        _fact(ink, _("Lot"), label.lot, x=2, y=12.8, width=column)

    return Design((width - side - 1, 1.2, side), Serial(2, 16.3, 7.4, groups=2, step=2.95), draw)


def medium(width: float, height: float) -> Design:
    """Return the design for about 64 × 34 mm: the land under the words."""
    side = 25.6
    column = width - side - 5
    scratch = Scratch(2.4, 18.6, column, height - 18.6 - 2.4, 11)

    def draw(ink: Ink, label: Label) -> None:
        ink.drawing("mark", x=2.4, y=2.4, width=7.6)
        ink.block(
            label.product, x=11.4, y=6.3, width=column - 8, size=10.5, lines=2, weight="Bold", ink="black"
        )
        ink.block(
            label.pack, x=11.4, y=10.4, width=column - 8, size=5.8, lines=1, weight="Regular", ink="ink-2"
        )
        ink.rule(x=2.4, y=12.6, width=column, weight=0.3)
        _fact(ink, _("Lot"), label.lot, x=2.4, y=16.2, width=column)
        if label.pin:
            draw_scratch(ink, scratch)
        else:
            _land(ink, x=2.4, y=18.6, width=column, height=height - 18.6 - 2.4)

    place = Serial(width - side + 1.6, 28.3, 7.6, groups=2, step=3.1)
    return Design((width - side - 1.2, 0.8, side), place, draw, scratch=scratch)


def large(width: float, height: float) -> Design:
    """Return the design for about 99 × 57 mm: the produce on its land, a plate that fills the left side."""
    side = 32.0
    plate = 36.0
    left = plate + 6
    scratch = Scratch(5, height - 18, plate - 5, 13, 13)

    def draw(ink: Ink, label: Label) -> None:
        _land(ink, x=2.5, y=2.5, width=plate, height=height - 5)
        if not ink.drawing(label.art, x=5, y=6, width=plate - 5):
            _slip(ink, label.product, x=2.5 + plate / 2, y=5.5, height=height - 30)
        if label.pin:
            draw_scratch(ink, scratch)
        ink.drawing("mark", x=left, y=3, width=7.4)
        ink.text(label.county, x=left + 9, y=8.1, size=9, weight="Bold", ink="brand")
        ink.block(
            label.product,
            x=left,
            y=17.7,
            width=width - left - 3,
            size=16,
            lines=2,
            weight="Bold",
            ink="black",
        )
        ink.rule(x=left, y=22.4, width=width - left - 3, weight=0.35)
        facts = width - left - side - 2
        ink.block(label.pack, x=left, y=27.6, width=facts, size=7.4, lines=2, weight="Regular", ink="ink-2")
        _fact(ink, _("Lot"), label.lot, x=left, y=33.2, width=facts, size=6.8)
        ink.text(_("Code of this package"), x=left, y=41.4, size=5.6, ink="ink-2")
        _hint(ink, x=left, y=height - 3.4, width=facts)

    place = Serial(left, 45.0, 7.6, 2, step=3.5)
    return Design((width - side - 1, height - side - 1.4, side), place, draw, scratch=scratch)


def roll(width: float, height: float) -> Design:
    """Return the design for a thermal printer, 60 × 40 mm: black only, no hairlines, nothing small."""
    side = 28.0
    column = width - side - 4

    def draw(ink: Ink, label: Label) -> None:
        ink.drawing("mark", x=2, y=2, width=9)
        ink.text(label.county, x=12.4, y=8, size=9, weight="Bold")
        ink.block(label.product, x=2, y=17, width=column, size=12, lines=2, weight="Bold", ink="black")
        ink.block(label.pack, x=2, y=22, width=column, size=7, lines=2, weight="Regular", ink="black")
        ink.rule(x=2, y=30.4, width=width - 4, weight=0.4)
        _fact(ink, _("Lot"), label.lot, x=2, y=27.6, width=column, size=7)

    return Design((width - side - 1, 1.2, side), Serial(2, 35.6, 10.4, groups=4), draw, black=True)


def carton(width: float, height: float) -> Design:
    """Return the design for a carton, about 100 × 70 mm: what is in it, and its SSCC as bars a gate reads."""
    side = 27.0
    column = width - side - 6

    def draw(ink: Ink, label: Label) -> None:
        ink.drawing("mark", x=3, y=3, width=8)
        ink.text(label.county, x=13, y=8.6, size=9, weight="Bold")
        ink.block(label.product, x=3, y=17, width=column, size=13, lines=2, weight="Bold", ink="black")
        ink.block(label.pack, x=3, y=22.4, width=column, size=8, lines=1, weight="Regular", ink="black")
        _fact(ink, _("Lot"), label.lot, x=3, y=26.8, width=column, size=8)

    bars = Bars(y=height - 39, height=32, width=width)
    number = Serial(width / 2 - 31, height - 2.6, 11, groups=5)
    return Design((width - side - 2, 1, side), number, draw, black=True, bars=bars)


def _land(ink: Ink, *, x: float, y: float, width: float, height: float) -> None:
    """Draw the county's land at the foot of a plate of its tint."""
    deep = min(height, width * 0.47)
    ink.plate(x=x, y=y, width=width, height=height, radius=CORNER, ink="brand-tint")
    ink.drawing("land", x=x, y=y + height - deep, width=width, height=deep)


def _slip(ink: Ink, name: str, *, x: float, y: float, height: float) -> None:
    """Draw what a product without a drawing gets: a paper slip centred on `x`, its name upright."""
    shown = name.replace(" ", "")[:_SLIP_CHARACTERS]
    step = min(5.2, (height - 4) / len(shown)) if shown else 0
    width = step + 5
    ink.plate(x=x - width / 2, y=y, width=width, height=height, radius=0.4, ink="paper-2")
    for inset, weight in ((0.9, 0.35), (1.7, 0.12)):
        ink.frame(
            x=x - width / 2 + inset,
            y=y + inset,
            width=width - 2 * inset,
            height=height - 2 * inset,
            weight=weight,
            ink="brand",
        )
    size = step * 0.84 * MM
    top = y + (height - step * len(shown)) / 2
    for place, character in enumerate(shown):
        baseline = top + (place + 0.82) * step
        ink.text(character, x=x - size / MM / 2, y=baseline, size=size, weight="Bold", ink="brand-deep")


def _fact(ink: Ink, name: str, value: str, *, x: float, y: float, width: float, size: float = 5.6) -> None:
    if not value:
        return
    ink.block(f"{name} {value}", x=x, y=y, width=width, size=size, lines=1, weight="Regular", ink="black")


def _hint(ink: Ink, *, x: float, y: float, width: float) -> None:
    words = _("Scan to see the field it comes from")
    ink.block(words, x=x, y=y, width=width, size=5.2, lines=1, weight="Regular", ink="ink-2")
