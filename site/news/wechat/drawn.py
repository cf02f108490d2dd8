"""Stills that are drawn: the drawings of a county in its colours, codes to scan."""

import re
import shutil
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image

from brand.themes import Theme
from brand.typeset import typeset
from lib import qr
from news.wechat.cropping import COVER_RATIO
from news.wechat.stills import WIDTH, Still, made

_TOKEN = re.compile(r"var\(--([\w-]+)\)")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_COVER_HEIGHT: Final = 480
_BOXES: Final = {"drawing": (480, 480), "land": (1440, 560), "mark": (64, 64)}


def drawing(theme: Theme, name: str, *, alt: str = "") -> Still:
    """Return a drawing of a county, in its colours, as a PNG."""
    coloured = _coloured(theme, name)
    return made(f"{theme.slug}-{name}", coloured.encode(), lambda: _png_of(coloured, _sky(theme)), alt)


def cover_drawing(theme: Theme, name: str, *, alt: str = "") -> Still:
    """Return a drawing of a county in the shape of a cover, under its sky."""
    coloured = _coloured(theme, name)
    box = (round(_COVER_HEIGHT * COVER_RATIO), _COVER_HEIGHT)
    source = f"cover {coloured}".encode()
    return made(f"cover-{theme.slug}-{name}", source, lambda: _png_of(coloured, _sky(theme), box), alt)


def code(address: str, *, alt: str) -> Still:
    """Return the QR code of an address as a PNG: readers press it to go there."""
    return made("code", address.encode(), lambda: _png_of_code(address), alt)


def _coloured(theme: Theme, name: str) -> str:
    svg = theme.path(name).read_text(encoding="utf-8")
    return _TOKEN.sub(lambda found: theme.day.get(found[1], "#000"), svg)


def _sky(theme: Theme) -> str:
    """Return one colour for what stands behind a drawing: the first of the sky."""
    found = _COLOUR.search(theme.day.get("sky", ""))
    return found[0] if found else "#ffffff"


def _png_of(symbols: str, ground: str, page: tuple[int, int] | None = None) -> bytes:
    """Draw the one symbol of a theme's SVG file in the middle of a page, or on a page of its own size."""
    found = re.search(r'<symbol id="(\w+)"', symbols)
    width, height = _BOXES[found[1] if found else "drawing"]
    wide, high = page or (width, height)
    opened = symbols.replace("<symbol ", "<g ", 1).replace("</symbol>", "</g>")
    box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    svg = re.sub(r"<svg\b[^>]*>", f'<svg xmlns="http://www.w3.org/2000/svg" {box}>', opened, count=1)
    with tempfile.TemporaryDirectory(prefix="wechat-") as folder:
        template = Path(shutil.copy(Path(__file__).with_name("still.typ"), folder))
        (Path(folder) / "still.svg").write_text(svg, encoding="utf-8")
        data = {"width": wide, "height": high, "ground": ground}
        return _in_few_colours(typeset(template, data, format="png", ppi=72 * min(WIDTH / wide, 1.5)))


def _png_of_code(address: str) -> bytes:
    found = qr.single(address)
    side = found.size + 2 * qr.QUIET
    image = Image.new("1", (side, side), 1)
    for row, modules in enumerate(found.rows()):
        for column, module in enumerate(modules):
            if module == "1":
                image.putpixel((column + qr.QUIET, row + qr.QUIET), 0)
    out = BytesIO()
    image.resize((side * 8, side * 8), Image.Resampling.NEAREST).save(out, "PNG", optimize=True)
    return out.getvalue()


def _in_few_colours(png: bytes) -> bytes:
    """Write a drawing in 256 colours: five or six inks with their edges need no more."""
    with Image.open(BytesIO(png)) as image:
        out = BytesIO()
        image.convert("RGB").quantize(256).save(out, "PNG", optimize=True)
        return out.getvalue()
