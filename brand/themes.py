"""The theme of a county: its words and drawings from theme.toml, its colours from tokens.css.

A theme is data: no Python, no templates. tokens.css is what browsers read, so colours that other
places need (the browser's bar, PDF labels, charts) are read from it instead of being written twice.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).resolve().parents[1] / "themes"

_NIGHT = "@media (prefers-color-scheme: dark)"
_TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")


class UnknownTheme(LookupError):
    """There is no such folder in themes/, or its theme.toml or tokens.css is incomplete."""


@dataclass(frozen=True)
class Theme:
    """What gives a county its character."""

    slug: str
    name: str
    line: tuple[str, str]
    subject: str
    lede: str
    about: str
    known_for: tuple[str, ...]
    mark: str
    land: str
    produce: str
    drawings: Mapping[str, str]
    """name of the drawing → what it shows"""
    day: Mapping[str, str]
    """token of tokens.css without dashes (`brand`, `art-sun` …) → its value by day"""
    night: Mapping[str, str]

    def path(self, drawing: str) -> Path:
        """Return the file of the mark, the land or one of the drawings.

        Raises:
            UnknownTheme: the theme has no such drawing.
        """
        if drawing not in {self.mark, self.land, *self.drawings}:
            raise UnknownTheme(f"themes/{self.slug}/theme.toml lists no drawing {drawing!r}")
        return FOLDER / self.slug / "art" / f"{drawing}.svg"


@cache
def theme(slug: str) -> Theme:
    """Return the theme of the county with that slug; it is read once per process.

    Raises:
        UnknownTheme: the folder is missing or its files are incomplete.
    """
    if not re.fullmatch(r"[a-z0-9-]+", slug):
        raise UnknownTheme(f"{slug!r} is no name of a theme")
    folder = FOLDER / slug
    try:
        words = tomllib.loads((folder / "theme.toml").read_text(encoding="utf-8"))
        styles = (folder / "tokens.css").read_text(encoding="utf-8")
        first, second = words.pop("line")
        return Theme(
            slug=slug,
            line=(first, second),
            known_for=tuple(words.pop("known_for")),
            drawings=MappingProxyType(words.pop("drawings")),
            day=_tokens(styles.partition(_NIGHT)[0]),
            night=_tokens(styles.partition(_NIGHT)[2]),
            **words,
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise UnknownTheme(f"themes/{slug}: {error}") from error


def themes() -> tuple[str, ...]:
    """Return the slugs of all themes there are."""
    return tuple(sorted(file.parent.name for file in FOLDER.glob("*/theme.toml")))


def _tokens(styles: str) -> Mapping[str, str]:
    return MappingProxyType({key: " ".join(value.split()) for key, value in _TOKEN.findall(styles)})
