"""Words as outlines, so that a drawing looks the same wherever it is opened."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

import typst

from brand.typeset import FONTS

_INK = "#010203"
_SET = """
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(font: "Noto Sans SC", size: 100pt, weight: "bold", fill: rgb("#010203"))
#set text(top-edge: "bounds", bottom-edge: "bounds")
#for word in json(bytes(sys.inputs.words)) { page(word) }
"""
_WHOLE = re.compile(rb'<svg viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>(.*)</svg>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Word:
    """One line of text as outlines."""

    width: float
    height: float
    body: str

    def at(self, x: float, y: float, *, height: float, ink: str, anchor: str = "middle") -> str:
        """Return it as part of a drawing: `x` is its middle, left or right end, `y` its top."""
        width = self.width * height / self.height
        left = {"middle": x - width / 2, "start": x, "end": x - width}[anchor]
        return (
            f'<svg x="{left:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
            f'viewBox="0 0 {self.width} {self.height}">{self.body.replace(_INK, ink)}</svg>'
        )


def outlined(words: Iterable[str]) -> dict[str, Word]:
    """Return each line of text as outlines; all are set at once."""
    wanted = sorted(set(words))
    pages = typst.compile(  # type: ignore[call-overload]  # its stub cannot tell what a source of bytes is
        _SET.encode(),
        format="svg",
        font_paths=[FONTS / "700Bold"],
        ignore_system_fonts=True,
        sys_inputs={"words": json.dumps(wanted, ensure_ascii=False)},
    )
    found = [_WHOLE.search(page) for page in (pages if isinstance(pages, list) else [pages])]
    return {
        word: Word(float(match[1]), float(match[2]), match[3].decode())
        for word, match in zip(wanted, found, strict=True)
        if match
    }
