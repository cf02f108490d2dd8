"""The sheets and rolls slips are printed on: a registry, sizes in millimetres."""

from dataclasses import dataclass

A4 = (210.0, 297.0)
MOST_SLIPS = 500  # per file


class UnknownSlipPreset(LookupError):
    """No sheet of that name."""


@dataclass(frozen=True, slots=True)
class SlipPreset:
    """A grid of slips on a page; the grid stands centred, `gap` lies between neighbours."""

    name: str
    columns: int
    rows: int
    width: float
    height: float
    page: tuple[float, float] = A4
    gap: tuple[float, float] = (0.0, 0.0)
    cut_lines: bool = True

    @property
    def label(self) -> str:
        """What printers call it, in every language."""
        return f"A4 × {self.per_page}" if self.page == A4 else f"{self.width:g} × {self.height:g} mm"

    @property
    def per_page(self) -> int:
        """Return how many slips a page holds."""
        return self.columns * self.rows


SLIP_PRESETS: dict[str, SlipPreset] = {
    preset.name: preset
    for preset in (
        SlipPreset("a4-8", 2, 4, 99.1, 67.7, gap=(2.5, 0)),
        SlipPreset("a4-10", 2, 5, 99.1, 57.0, gap=(2.5, 0)),
        SlipPreset("roll-80x60", 1, 1, 80.0, 60.0, page=(80.0, 60.0), cut_lines=False),
        SlipPreset("roll-60x40", 1, 1, 60.0, 40.0, page=(60.0, 40.0), cut_lines=False),
    )
}
DEFAULT_SLIP_PRESET = "a4-8"


def slip_preset(name: str) -> SlipPreset:
    """Return the preset called `name`.

    Raises:
        UnknownSlipPreset: naming those there are.
    """
    try:
        return SLIP_PRESETS[name]
    except KeyError:
        raise UnknownSlipPreset(f"{name!r} is not one of {', '.join(SLIP_PRESETS)}") from None
