"""Slips as PDF, set with typst from `slip.typ`."""

import json
from pathlib import Path

import typst

from config import ROOT
from lib import qr
from record.labels import FontMissing
from record.slips.content import Slip
from record.slips.presets import DEFAULT_SLIP_PRESET, MOST_SLIPS, slip_preset

_TEMPLATE = Path(__file__).with_name("slip.typ")
_FONTS = ROOT / "node_modules" / "@expo-google-fonts" / "noto-sans-sc"


def write_slips(slip: Slip, *, count: int, preset: str = DEFAULT_SLIP_PRESET) -> bytes:
    """Return a PDF with `slip` printed `count` times, the last page as full as it gets.

    Raises:
        UnknownSlipPreset: no such sheet.
        FontMissing: the front-end packages are not installed.
        ValueError: none, or more than a file holds.
    """
    if not 1 <= count <= MOST_SLIPS:
        raise ValueError(f"between 1 and {MOST_SLIPS} slips go into one file, not {count}")
    weights = [_FONTS / "400Regular", _FONTS / "700Bold"]
    if not all(folder.is_dir() for folder in weights):
        raise FontMissing(f"{_FONTS} is missing: run `npm ci`, which installs the fonts")
    found = typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=weights,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_data(slip, count=count, preset=preset), ensure_ascii=False)},
        format="pdf",
    )
    return bytes(found)


def _data(slip: Slip, *, count: int, preset: str) -> dict[str, object]:
    """Return what the template reads; sizes in millimetres."""
    grid = slip_preset(preset)
    return {
        "title": slip.title,
        "rows": slip.rows,
        "foot": slip.foot,
        "number": slip.number,
        "qr": qr.svg(qr.single(slip.link)),
        "count": count,
        "page": grid.page,
        "size": (grid.width, grid.height),
        "columns": grid.columns,
        "down": grid.rows,
        "gap": grid.gap,
        "cut": grid.cut_lines,
    }
