"""The sheets labels can be printed on: a registry, sizes in millimetres.

The A4 grids are those of die-cut sheets sold everywhere, so that one file serves a sticker sheet and plain
paper with cut marks; the roll is that of the usual thermal label printer, which knows black only.
"""

from collections.abc import Callable
from dataclasses import dataclass

from record.labels.designs import Design, carton, large, medium, roll, small

A4 = (210.0, 297.0)


class UnknownPreset(LookupError):
    """No sheet of that name."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A grid of labels on a page; `gap` is the space between neighbours, the grid stands centred."""

    name: str
    columns: int
    rows: int
    width: float
    height: float
    design: Callable[[float, float], Design]
    page: tuple[float, float] = A4
    gap: tuple[float, float] = (0.0, 0.0)
    cut_marks: bool = True

    @property
    def per_page(self) -> int:
        """Return how many labels a page holds."""
        return self.columns * self.rows

    @property
    def has_scratch(self) -> bool:
        """Tell whether its labels have room for a scratch field."""
        return self.design(self.width, self.height).scratch is not None

    @property
    def margin(self) -> tuple[float, float]:
        """Return the space left of and above the grid."""
        across = self.columns * self.width + (self.columns - 1) * self.gap[0]
        down = self.rows * self.height + (self.rows - 1) * self.gap[1]
        return (self.page[0] - across) / 2, (self.page[1] - down) / 2

    def corner(self, place: int) -> tuple[float, float]:
        """Return the upper left corner of the label at `place`, counted along the rows from 0."""
        row, column = divmod(place, self.columns)
        left, top = self.margin
        return left + column * (self.width + self.gap[0]), top + row * (self.height + self.gap[1])


PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset("a4-48", 4, 12, 45.7, 21.2, small, gap=(2.6, 0)),
        Preset("a4-24", 3, 8, 63.5, 33.9, medium, gap=(2.5, 0)),
        Preset("a4-10", 2, 5, 99.1, 57.0, large, gap=(2.5, 0)),
        Preset("roll-60x40", 1, 1, 60.0, 40.0, roll, page=(60.0, 40.0), cut_marks=False),
    )
}
DEFAULT_PRESET = "a4-48"
CARTON_PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset("carton-a4-8", 2, 4, 99.1, 67.7, carton, gap=(2.5, 0)),
        Preset("carton-100x70", 1, 1, 100.0, 70.0, carton, page=(100.0, 70.0), cut_marks=False),
    )
}


def preset_named(name: str) -> Preset:
    """Return the preset called `name`.

    Raises:
        UnknownPreset: naming those there are.
    """
    try:
        return (PRESETS | CARTON_PRESETS)[name]
    except KeyError:
        raise UnknownPreset(f"{name!r} is not one of {', '.join(PRESETS)}") from None
