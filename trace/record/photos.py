"""Photos of events as pages show them: small, at known sizes, made once."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.files.storage import default_storage
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, SourceImageIOError

logger = logging.getLogger(__name__)
SPEC = "fill-480x360|format-webp"
WIDTH, HEIGHT = 480, 360  # px


@dataclass(frozen=True, slots=True)
class Shot:
    """One photo: the image, its rendition ("" while it is not made), what it shows and when it was taken."""

    image: int
    file: str
    caption: str
    taken_at: datetime | None

    @property
    def url(self) -> str:
        """The address of the rendition."""
        return default_storage.url(self.file)


def with_renditions(shots: Iterable[Shot]) -> list[Shot]:
    """Return `shots` with their renditions, making those that do not exist yet.

    A picture whose file is lost keeps its place without one: the record must stay readable.
    """
    shots = list(shots)
    images = get_image_model().objects.in_bulk([shot.image for shot in shots if not shot.file])
    return [shot if shot.file else replace(shot, file=_made(images[shot.image])) for shot in shots]


def _made(image: AbstractImage) -> str:
    try:
        return str(image.get_rendition(SPEC).file.name)
    except SourceImageIOError:
        logger.warning("the file of image %s cannot be read", image.pk, exc_info=True)
        return ""
