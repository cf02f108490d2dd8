"""A county's art from its theme: the day inks of tokens.css and the drawings beside it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from record.labels.drawing import Drawing, read_drawing

_INK = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{6})\b")
_NIGHT = "@media (prefers-color-scheme: dark)"
# What a label needs when a county has no theme yet: black on white.
_PLAIN = {
    "brand": "#000000",
    "brand-deep": "#000000",
    "brand-tint": "#ffffff",
    "ink-2": "#333333",
    "paper-2": "#ffffff",
}
_ON_PAPER = {"mark-cut": "#ffffff"}  # what is cut out of a mark is the label itself
_NAME = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Art:
    """The inks and drawings of one county; a drawing it does not have is None."""

    folder: Path
    inks: Mapping[str, str]
    _read: dict[tuple[str, bool], Drawing | None] = field(default_factory=dict)

    def drawing(self, name: str, *, black: bool = False) -> Drawing | None:
        """Return the drawing `name`, in one black ink if asked for."""
        key = (name, black)
        if key not in self._read:
            self._read[key] = self._load(name, black=black)
        return self._read[key]

    def _load(self, name: str, *, black: bool) -> Drawing | None:
        path = self.folder / "art" / f"{name}.svg"
        if not _NAME.fullmatch(name) or not path.is_file():
            return None
        return read_drawing(path.read_text("utf-8"), inks=_ON_PAPER if black else self.inks)


def county_art(region: str, *, themes: Path) -> Art:
    """Return the art of a county; without a theme folder it is plain black without drawings."""
    folder = themes / region
    tokens = folder / "tokens.css"
    day = tokens.read_text("utf-8").partition(_NIGHT)[0] if tokens.is_file() else ""
    return Art(folder, {**_PLAIN, **dict(_INK.findall(day)), **_ON_PAPER})
