"""Drawing a file of the library as a picture for the screen, with a mark across those not public."""

import shutil
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageCms, ImageDraw, ImageFont

from brand.typeset import FONTS, typeset
from brand.vi.reading import MOST_PIXELS
from brand.vi.versions import VIFile, VIFormat

LARGE: Final = 1440  # px of the longer side
SMALL: Final = 480
MOST_DRAWN: Final = 60 * 1024 * 1024  # bytes of a drawing or PDF that typst takes in whole
LIGHT: Final = 215  # mean grey of what is drawn; lighter things stand on the dark ground
_SIDE: Final = 480  # points
_GROUNDS: Final = {"light": (255, 255, 255), "dark": (46, 48, 44)}
_MARK: Final = "样图 SAMPLE"

# what shows best first; a zip shows nothing
SHOWN_BEST: Final = (
    VIFormat.SVG,
    VIFormat.PNG,
    VIFormat.PDF,
    VIFormat.AI,
    VIFormat.JPG,
    VIFormat.TIFF,
)


class CannotDraw(ValueError):
    """There is nothing that can be drawn, or the file cannot be."""


def best_to_show(files: list[VIFile]) -> VIFile:
    """Return the file that makes the best picture.

    Raises:
        CannotDraw: there is none but archives.
    """
    by_format = {file.format: file for file in reversed(files)}
    for each in SHOWN_BEST:
        if each in by_format:
            return by_format[each]
    raise CannotDraw("no file that shows anything")


def draw(file: VIFile) -> Image.Image:
    """Return the file as a picture in RGB of at most LARGE pixels a side, on a ground it stands out from.

    Raises:
        CannotDraw: too large, or damaged in a way that only drawing it finds.
    """
    try:
        if file.format in {VIFormat.SVG, VIFormat.PDF, VIFormat.AI}:
            picture = _by_typst(file)
        else:
            picture = _by_pillow(file)
    except (CannotDraw, MemoryError):
        raise
    except Exception as error:  # typst and the decoders raise whatever they stumble over
        raise CannotDraw(f"{file.name}: {type(error).__name__}: {error}"[:500]) from error
    picture.thumbnail((LARGE, LARGE))
    return _on_ground(picture)


def marked(picture: Image.Image, *, of: str) -> Image.Image:
    """Return a small copy with a mark across it that names the county."""
    small = picture.copy()
    small.thumbnail((SMALL, SMALL))
    layer = Image.new("RGBA", (SMALL * 2, SMALL * 2), (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    font = ImageFont.truetype(str(FONTS / "400Regular" / "NotoSansSC_400Regular.ttf"), 22)
    for row, top in enumerate(range(0, SMALL * 2, 84)):
        for left in range(-160 + 130 * (row % 2), SMALL * 2, 260):
            pen.text((left + 1, top + 1), f"{of} {_MARK}", font=font, fill=(255, 255, 255, 120))
            pen.text((left, top), f"{of} {_MARK}", font=font, fill=(40, 40, 40, 96))
    turned = layer.rotate(24, resample=Image.Resampling.BICUBIC)
    left, top = (turned.width - small.width) // 2, (turned.height - small.height) // 2
    across = turned.crop((left, top, left + small.width, top + small.height))
    return Image.alpha_composite(small.convert("RGBA"), across).convert("RGB")


def encoded(picture: Image.Image, *, side: int) -> bytes:
    """Return the picture as WebP of at most `side` pixels."""
    sized = picture.copy()
    sized.thumbnail((side, side))
    out = BytesIO()
    sized.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()


def _by_typst(file: VIFile) -> Image.Image:
    if file.size > MOST_DRAWN:
        raise CannotDraw(f"{file.name}: larger than {MOST_DRAWN} bytes")
    with tempfile.TemporaryDirectory(prefix="vi-") as name:
        folder = Path(name)
        template = Path(shutil.copy(Path(__file__).with_name("preview.typ"), folder))
        # an .ai file is a PDF; typst goes by the ending
        source = folder / ("drawing.svg" if file.format == VIFormat.SVG else "drawing.pdf")
        with file.file.open("rb") as stored, source.open("wb") as copy:
            shutil.copyfileobj(stored, copy)
        data = {"file": source.name, "side": _SIDE}
        png = typeset(template, data, format="png", ppi=72 * LARGE / _SIDE)
    return Image.open(BytesIO(png))


def _by_pillow(file: VIFile) -> Image.Image:
    with file.file.open("rb") as stored, Image.open(stored) as image:
        if image.width * image.height > MOST_PIXELS:
            raise CannotDraw(f"{file.name}: {image.width} × {image.height} px")
        image.draft(None, (LARGE, LARGE))
        image.load()
        profile = image.info.get("icc_profile")
        small = image.convert("RGBA") if image.mode in {"P", "LA", "PA"} else image.copy()
    small.thumbnail((LARGE, LARGE))
    return _for_screens(small, profile) if small.mode == "CMYK" else small


def _for_screens(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Turn print colours into those of screens, by the profile of the file where it brings one."""
    if profile:
        try:
            converted = ImageCms.profileToProfile(
                picture, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            if converted is not None:
                return converted
        except ImageCms.PyCMSError:
            pass  # a profile that cannot be read: the plain sum below is near enough for a preview
    return picture.convert("RGB")


def _on_ground(picture: Image.Image) -> Image.Image:
    """Lay what is transparent on white, and a white drawing on dark."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    drawn = picture.convert("RGBA")
    grey, alpha = drawn.convert("L"), drawn.getchannel("A")
    weights = alpha.point(lambda value: 255 if value > 127 else 0)
    counts = grey.histogram(mask=weights)
    total = sum(counts)
    mean = sum(value * count for value, count in enumerate(counts)) / total if total else 0
    ground = Image.new("RGBA", drawn.size, _GROUNDS["dark" if mean > LIGHT else "light"])
    return Image.alpha_composite(ground, drawn).convert("RGB")
