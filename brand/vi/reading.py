"""Reading an engineering file: what it is by its content, whatever it is called.

A registry of formats: how each begins, which endings its name may have, and who looks into it.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any, Final

from django.core.files.base import File
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from brand.vi.versions import VIFormat
from lib.archives import NotAnArchive, check_zip
from lib.pdf import NotAPdf, read_pdf
from lib.svg import NotADrawing, check_svg

MOST_BYTES: Final = 190 * 1024 * 1024  # of one file; a whole form may have 200 MB
MOST_PIXELS: Final = 80_000_000  # A2 at 400 dpi; in print colours that is 320 MB while it is drawn
LONGEST_NAME: Final = 100
_PART: Final = 1024 * 1024
_HEAD: Final = 1024

Content = File | IO[bytes]


class NotTaken(ValueError):
    """The library does not take this file; `reason` is a sentence for whoever sent it."""

    def __init__(self, reason: Promise | str) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file is. Pixels for pictures, millimetres for PDF."""

    name: str
    format: VIFormat
    size: int
    sha256: str
    is_cmyk: bool = False
    width: int | None = None
    height: int | None = None
    pages: int | None = None

    @property
    def suffix(self) -> str:
        """The ending it is kept under."""
        return str(self.format.value)


ENDINGS: Final[dict[str, VIFormat]] = {
    ".svg": VIFormat.SVG,
    ".ai": VIFormat.AI,
    ".pdf": VIFormat.PDF,
    ".png": VIFormat.PNG,
    ".jpg": VIFormat.JPG,
    ".jpeg": VIFormat.JPG,
    ".tif": VIFormat.TIFF,
    ".tiff": VIFormat.TIFF,
    ".zip": VIFormat.ZIP,
}
_BEGINNINGS: Final = (
    (b"\x89PNG\r\n\x1a\n", VIFormat.PNG),
    (b"\xff\xd8\xff", VIFormat.JPG),
    (b"II*\0", VIFormat.TIFF),
    (b"MM\0*", VIFormat.TIFF),
    (b"PK\x03\x04", VIFormat.ZIP),
    (b"PK\x05\x06", VIFormat.ZIP),
)


def read_file(file: Content, *, name: str) -> FileFacts:
    """Return what the file is; `name` is what its sender calls it.

    Raises:
        NotTaken: another thing than its name says, damaged, dangerous or too large.
    """
    name = _tidy(name)
    told = ENDINGS.get(PurePath(name).suffix.lower())
    if told is None:
        raise NotTaken(_("Only SVG, AI, PDF, PNG, JPG, TIFF and ZIP are kept here."))
    size, digest = _measured(file)
    found = _by_content(file)
    if told == VIFormat.AI and found == VIFormat.PDF:
        found = VIFormat.AI
    if found != told:
        raise NotTaken(_misnamed(told, found))
    try:
        facts = _LOOK_INTO[found](file)
    except (NotADrawing, NotAPdf, NotAnArchive) as error:
        raise NotTaken(error.reason) from error
    return FileFacts(name=name, format=found, size=size, sha256=digest, **facts)


def _tidy(name: str) -> str:
    """Keep of a name what every system can write, and its ending."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    path = PurePath(
        "".join(char for char in bare if char.isprintable() and char not in '<>:"|?*').strip(". ")
    )
    return f"{path.stem[:LONGEST_NAME]}{path.suffix.lower()}"


def _measured(file: Content) -> tuple[int, str]:
    """Return size and SHA-256, reading in parts."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while part := file.read(_PART):
        digest.update(part)
        size += len(part)
        if size > MOST_BYTES:
            raise NotTaken(_("The file is larger than 190 MB."))
    if not size:
        raise NotTaken(_("The file is empty."))
    return size, digest.hexdigest()


def _by_content(file: Content) -> VIFormat | None:
    file.seek(0)
    head = file.read(_HEAD)
    for beginning, found in _BEGINNINGS:
        if head.startswith(beginning):
            return found
    if head.startswith(b"%!PS"):
        raise NotTaken(_("This is PostScript. Save it from Illustrator as “PDF compatible”, or as PDF."))
    if b"%PDF-" in head:
        return VIFormat.PDF
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return VIFormat.SVG if text.startswith(b"<") else None


def _misnamed(told: VIFormat, found: VIFormat | None) -> str:
    if found is None:
        return str(_("By its content this is no %(told)s.")) % {"told": told.label}
    words = _("The name says %(told)s, the content is %(found)s. Give it the right ending.")
    return str(words) % {"told": told.label, "found": found.label}


def _svg(file: Content) -> dict[str, Any]:
    check_svg(file)
    return {}


def _pdf(file: Content) -> dict[str, Any]:
    facts = read_pdf(file)
    return {
        "pages": facts.pages,
        "width": facts.width_mm,
        "height": facts.height_mm,
        "is_cmyk": facts.is_cmyk,
    }


def _picture(file: Content) -> dict[str, Any]:
    file.seek(0)
    try:
        with Image.open(file, formats=("PNG", "JPEG", "TIFF")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NotTaken(_("The picture has more than 80 million pixels."))
            found = {"width": image.width, "height": image.height, "is_cmyk": image.mode == "CMYK"}
            image.verify()
    except NotTaken:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise NotTaken(_("The picture is damaged. Export it again.")) from error
    except Exception as error:  # a decoder raises whatever it stumbles over: struct.error, KeyError, ...
        raise NotTaken(_("The picture is damaged. Export it again.")) from error
    return found


def _zip(file: Content) -> dict[str, Any]:
    check_zip(file)
    return {}


_LOOK_INTO: Final[dict[VIFormat, Callable[[Content], dict[str, Any]]]] = {
    VIFormat.SVG: _svg,
    VIFormat.AI: _pdf,
    VIFormat.PDF: _pdf,
    VIFormat.PNG: _picture,
    VIFormat.JPG: _picture,
    VIFormat.TIFF: _picture,
    VIFormat.ZIP: _zip,
}
