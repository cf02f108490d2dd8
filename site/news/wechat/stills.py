"""The pictures of an article as files: JPEG or PNG of at most 1 MB, which is what WeChat takes in a text.

What moves or is drawn on our pages becomes a still: a photograph in one width, a drawing of the county
in its colours, a code to scan (news/wechat/drawn.py).
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from wagtail.images.models import AbstractImage

from lib.pictures import NotAPicture, read_picture

MOST_BYTES: Final = 1024 * 1024
WIDTH: Final = 1080
# a photograph is tried at these widths and qualities until it is small enough
_TRIES: Final = ((1080, 82), (1080, 62), (720, 62), (480, 50))
_COVER: Final = (1600, 85)  # the longer side; permanent pictures may be larger than those in a text


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
        return made("poster", name.encode(), make, alt, ending="jpg")
    except (OSError, NotAPicture) as error:
        raise NoStill(_("The picture %(title)s cannot be read.") % {"title": alt}) from error


def made(kind: str, source: bytes, make: Callable[[], bytes], alt: str, *, ending: str = "png") -> Still:
    """Return the picture that `make` makes of `source`, made only where it was not before."""
    name = f"wechat/{kind}-{hashlib.sha256(source).hexdigest()[:16]}.{ending}"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(make()))
    return Still(name, default_storage.url(name), alt)
