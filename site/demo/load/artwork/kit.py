"""What every drawing of a county is composed of: its seal, its land, its produce, its words, its inks."""

import re
from dataclasses import dataclass
from functools import cached_property

from brand.drawings import drawing_svg
from brand.themes import Theme, theme
from demo.load.artwork.letters import Word, outlined

_BODY = re.compile(r'<svg [^>]*viewBox="([^"]+)" color="([^"]+)">(.*)</svg>', re.DOTALL)


@dataclass(frozen=True)
class Kit:
    """The parts of one county."""

    slug: str
    brand: str
    association: str

    @cached_property
    def look(self) -> Theme:
        """The theme."""
        return theme(self.slug)

    def ink(self, name: str) -> str:
        """Return a colour of the day."""
        return self.look.day[name]

    @cached_property
    def words(self) -> dict[str, Word]:
        """Every line of text the drawings use."""
        line = self.look.line
        return outlined(
            [self.brand, self.association, f"{self.look.name} 风土", *line, "".join(line), *SIGNS, *SPECIMEN]
        )

    def mark(self, x: float, y: float, side: float, *, ink: str = "", cut: str = "#ffffff") -> str:
        """Return the seal."""
        svg = drawing_svg(self.slug, "mark", inks={"mark-cut": cut}, color=ink or self.ink("brand"))
        return _placed(svg, x, y, side, side)

    def land(self, x: float, y: float, width: float, height: float) -> str:
        """Return the land, cut to the size."""
        svg = drawing_svg(self.slug, "land")
        return _placed(svg, x, y, width, height, fit="xMidYMax slice")

    def produce(self, x: float, y: float, side: float) -> str:
        """Return what the county is known for."""
        return _placed(drawing_svg(self.slug, self.look.produce), x, y, side, side)

    def write(
        self, text: str, x: float, y: float, *, height: float, ink: str = "", anchor: str = "middle"
    ) -> str:
        """Return a line of text."""
        return self.words[text].at(x, y, height=height, ink=ink or self.ink("ink"), anchor=anchor)


SIGNS = ("授权使用", "工作证", "专卖店", "王秀兰", "净含量见标签", "LC-2026-0000")
SPECIMEN = ("0123456789", "标题用宋体，正文用黑体")


def drawing(width: float, height: float, *parts: str, title: str = "") -> str:
    """Return the parts as one drawing."""
    named = f"<title>{title}</title>" if title else ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">{named}{"".join(parts)}</svg>'
    )


def box(
    x: float, y: float, width: float, height: float, ink: str, *, round_: float = 0, line: str = ""
) -> str:
    """Return a rectangle."""
    edge = f' stroke="{line}" stroke-width="3"' if line else ""
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{round_}" fill="{ink}"{edge}/>'


def circle(x: float, y: float, radius: float, ink: str) -> str:
    """Return a disc."""
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{ink}"/>'


def shape(path: str, ink: str, *, line: str = "", width: float = 3) -> str:
    """Return a path."""
    edge = f' stroke="{line}" stroke-width="{width}" stroke-linejoin="round"' if line else ""
    return f'<path d="{path}" fill="{ink}"{edge}/>'


def _placed(svg: str, x: float, y: float, width: float, height: float, *, fit: str = "xMidYMid meet") -> str:
    match = _BODY.search(svg)
    if match is None:
        raise ValueError("no drawing of a theme")
    view, color, body = match.groups()
    return (
        f'<svg x="{x}" y="{y}" width="{width}" height="{height}" viewBox="{view}" '
        f'preserveAspectRatio="{fit}" color="{color}">{body}</svg>'
    )
