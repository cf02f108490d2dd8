"""A county's art on labels: the day inks and the drawings of its theme."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from brand.themes import Theme, UnknownTheme, theme
from record.labels.drawing import Drawing, read_drawing

# What a label needs when a county has no theme yet: black on white.
_PLAIN = {
    "brand": "#000000",
    "brand-deep": "#000000",
    "brand-tint": "#ffffff",
    "ink-2": "#333333",
    "paper-2": "#ffffff",
}
_ON_PAPER = {"mark-cut": "#ffffff"}  # what is cut out of a mark is the label itself


@dataclass(frozen=True, slots=True)
class Art:
    """The inks and drawings of one county; a drawing it does not have is None."""

    look: Theme | None
    inks: Mapping[str, str]
    _read: dict[tuple[str, bool], Drawing | None] = field(default_factory=dict)

    def drawing(self, name: str, *, black: bool = False) -> Drawing | None:
        """Return the drawing `name`, or the county's `mark` or `land`; in one black ink if asked for."""
        key = (name, black)
        if key not in self._read:
            path = self._path(name)
            inks = _ON_PAPER if black else self.inks
            self._read[key] = read_drawing(path.read_text("utf-8"), inks=inks) if path else None
        return self._read[key]

    def _path(self, name: str) -> Path | None:
        if self.look is None:
            return None
        try:
            return self.look.path({"mark": self.look.mark, "land": self.look.land}.get(name, name))
        except UnknownTheme:
            return None


def county_art(region: str) -> Art:
    """Return the art of a county; without a theme it is plain black without drawings."""
    try:
        look = theme(region)
    except UnknownTheme:
        return Art(None, {**_PLAIN, **_ON_PAPER})
    return Art(look, {**_PLAIN, **look.day, **_ON_PAPER})
