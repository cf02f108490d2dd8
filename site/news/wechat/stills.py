"""The pictures of an article as files: JPEG or PNG of at most 1 MB, which is what WeChat takes in a text.

What moves or is drawn on our pages becomes a still here: a photograph in one width, a drawing of the county
in its colours, a code to scan.
"""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.images.models import AbstractImage

from brand.themes import Theme
from brand.typeset import typeset
from lib import qr
from lib.pictures import NotAPicture, read_picture

MOST_BYTES: Final = 1024 * 1024
WIDTH: Final = 1080
# a photograph is tried at these widths and qualities until it is small enough
_TRIES: Final = ((1080, 82), (1080, 62), (720, 62), (480, 50))
_COVER: Final = (1600, 85)  # the longer side; permanent pictures may be larger than those in a text
COVER_RATIO: Final = 2.35  # width to height of the cover in WeChat's list
_TOKEN = re.compile(r"var\(--([\w-]+)\)")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_COVER_HEIGHT: Final = 480
_BOXES: Final = {"drawing": (480, 480), "land": (1440, 560), "mark": (64, 64)}


class NoStill(RuntimeError):
    """A picture cannot be read any more, or not be made small enough; the words say which."""


@dataclass(frozen=True, slots=True)
class Still:
    """A picture as a file of the site's media."""

    name: str
    url: str
    alt: str = ""

    def content(self) -> bytes:
        """Return the file."""
        with default_storage.open(self.name, "rb") as file:
            return file.read()

    @property
    def media_type(self) -> str:
        """Return what it is."""
        return "image/png" if self.name.endswith(".png") else "image/jpeg"


def photograph(image: AbstractImage, *, alt: str = "") -> Still:
    """Return a photograph as a JPEG that WeChat takes in a text.

    Raises:
        NoStill: its file is gone or damaged.
    """
    for width, quality in _TRIES:
        still, size = _rendered(image, f"max-{width}x8000|format-jpeg|jpegquality-{quality}|bgcolor-fff", alt)
        if size <= MOST_BYTES:
            return still
    raise NoStill(_("The picture %(title)s cannot be made smaller than 1 MB.") % {"title": image.title})


def cover_photograph(image: AbstractImage) -> Still:
    """Return a photograph as a cover, whole: WeChat is told what to cut out.

    Raises:
        NoStill: its file is gone or damaged.
    """
    side, quality = _COVER
    spec = f"max-{side}x{side}|format-jpeg|jpegquality-{quality}|bgcolor-fff"
    return _rendered(image, spec, image.title)[0]


def _rendered(image: AbstractImage, spec: str, alt: str) -> tuple[Still, int]:
    try:
        rendition = image.get_rendition(spec)
        size = rendition.file.size
    except Exception as error:  # whatever Willow and the storage stumble over: no file, damaged, too large
        raise NoStill(_("The picture %(title)s cannot be read.") % {"title": image.title}) from error
    return Still(rendition.file.name, rendition.url, alt or image.title), size


def poster(name: str, *, alt: str) -> Still:
    """Return the still of a film as a JPEG that WeChat takes in a text.

    Raises:
        NoStill: its file is gone or damaged.
    """

    def make() -> bytes:
        with default_storage.open(name, "rb") as file:
            return read_picture(file, longest=WIDTH).read()

    try:
        return _drawn("poster", name.encode(), make, alt, ending="jpg")
    except (OSError, NotAPicture) as error:
        raise NoStill(_("The picture %(title)s cannot be read.") % {"title": alt}) from error


def drawing(theme: Theme, name: str, *, alt: str = "") -> Still:
    """Return a drawing of a county, in its colours, as a PNG."""
    coloured = _coloured(theme, name)
    return _drawn(f"{theme.slug}-{name}", coloured.encode(), lambda: _png_of(coloured, _sky(theme)), alt)


def cover_drawing(theme: Theme, name: str, *, alt: str = "") -> Still:
    """Return a drawing of a county in the shape of a cover, under its sky."""
    coloured = _coloured(theme, name)
    box = (round(_COVER_HEIGHT * COVER_RATIO), _COVER_HEIGHT)
    source = f"cover {coloured}".encode()
    return _drawn(f"cover-{theme.slug}-{name}", source, lambda: _png_of(coloured, _sky(theme), box), alt)


def cut(ratio: float, wanted: float, middle: tuple[float, float]) -> str:
    """Return the largest frame of the ratio `wanted` in a picture of `ratio`, near `middle` (0…1 each way).

    As WeChat writes it: left, top, right and bottom as parts of the picture, apart by underscores.
    """
    width, height = min(1.0, wanted / ratio), min(1.0, ratio / wanted)
    left = min(max(middle[0] - width / 2, 0.0), 1.0 - width)
    top = min(max(middle[1] - height / 2, 0.0), 1.0 - height)
    return "_".join(f"{part:.6f}".rstrip("0").rstrip(".") for part in (left, top, left + width, top + height))


def code(address: str, *, alt: str) -> Still:
    """Return the QR code of an address as a PNG: readers press it to go there."""
    return _drawn("code", address.encode(), lambda: _png_of_code(address), alt)


def _drawn(kind: str, source: bytes, make: Callable[[], bytes], alt: str, *, ending: str = "png") -> Still:
    """Return what is drawn from `source`, drawn only where it was not before."""
    name = f"wechat/{kind}-{hashlib.sha256(source).hexdigest()[:16]}.{ending}"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(make()))
    return Still(name, default_storage.url(name), alt)


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
