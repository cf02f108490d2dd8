"""The drawings of a county as pictures that stand alone: every ink written out, for papers and previews.

On the site drawings are coloured by custom properties; typesetters and image programs know none of those.
"""

import re
from collections.abc import Mapping

from brand.themes import theme

_SYMBOL = re.compile(r'<symbol id="[\w-]+" viewBox="([\d. -]+)">(.*)</symbol>', re.DOTALL)
_INK = re.compile(r"var\(--([\w-]+)(?:,var\(--([\w-]+)\))?\)")


def drawing_svg(region: str, name: str, *, inks: Mapping[str, str] | None = None, color: str = "") -> str:
    """Return a drawing of a county as SVG: its `mark`, its `land` or one by name.

    `inks` replaces some of the day's inks (`mark-cut`, `art-sun` …), `color` is what `currentColor` means,
    the brand's colour by default.

    Raises:
        UnknownTheme: no such county or drawing.
    """
    look = theme(region)
    path = look.path({"mark": look.mark, "land": look.land}.get(name, name))
    found = _SYMBOL.search(path.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{path} is no drawing of a theme: it has no symbol")
    held = {**look.day, **(inks or {})}

    def ink(match: re.Match[str]) -> str:
        return held.get(match[1]) or held[match[2] or match[1]]

    view, body = found.groups()
    ground = color or held["brand"]
    drawn = _INK.sub(ink, body)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" color="{ground}">{drawn}</svg>'
