"""Films that somebody uploads: judged by their content, so that what we show plays on every phone.

What plays everywhere is H.264 in MP4. A film is looked into, not converted.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import IO, Final

import av
from django.core.files.base import ContentFile, File
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image

MOST_BYTES: Final = 20_000_000  # what a back office behind nginx takes in one form
MOST_SECONDS: Final = 180
LONGEST_SIDE: Final = 1920  # px
PLAYS_EVERYWHERE: Final = {"h264"}
POSTER_QUALITY: Final = 82


class NotAFilm(ValueError):
    """The file is no film we take; `reason` is a sentence for whoever sent it."""

    def __init__(self, reason: Promise | str) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Film:
    """What a film is, and a still of it as JPEG."""

    width: int
    height: int
    seconds: int
    still: ContentFile


def look_into(file: File | IO[bytes]) -> Film:
    """Return what the film in `file` is.

    Raises:
        NotAFilm: no MP4 with H.264, too long, too large, or damaged.
    """
    file.seek(0, 2)
    if file.tell() > MOST_BYTES:
        raise NotAFilm(_("The film is larger than 20 MB. Half a minute at 720p is enough."))
    file.seek(0)
    if file.read(12)[4:8] != b"ftyp":
        raise NotAFilm(_("The file is no MP4 film."))
    file.seek(0)
    try:
        # only this reader: other formats may name further files, which would then be opened
        with av.open(file, mode="r", format="mp4") as container:
            return _film(container)
    except NotAFilm:
        raise
    except Exception as error:  # FFmpeg raises whatever it stumbles over
        raise NotAFilm(_("The film is damaged and cannot be read.")) from error
    finally:
        file.seek(0)


def _film(container: av.container.InputContainer) -> Film:
    if not container.streams.video:
        raise NotAFilm(_("There is sound but no picture in it."))
    video = container.streams.video[0]
    if video.codec_context.name not in PLAYS_EVERYWHERE:
        raise NotAFilm(_("It is not H.264, which plays on every phone. Set the camera to “most compatible”."))
    seconds = round((container.duration or 0) / av.time_base)
    if not 1 <= seconds <= MOST_SECONDS:
        raise NotAFilm(_("A film is between one second and three minutes long."))
    if max(video.width, video.height) > LONGEST_SIDE:
        raise NotAFilm(_("The picture is wider or higher than 1920. Film at 1080p or 720p."))
    still = _still(container)
    return Film(*still.size, seconds, _as_jpeg(still))


def _still(container: av.container.InputContainer) -> Image.Image:
    """Return a frame from a quarter into the film, turned as it is shown: the first is often black."""
    container.seek((container.duration or 0) // 4)
    frame = next(container.decode(video=0))
    image = frame.to_image()
    return image.rotate(frame.rotation, expand=True) if frame.rotation else image


def _as_jpeg(image: Image.Image) -> ContentFile:
    out = BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=POSTER_QUALITY, optimize=True)
    return ContentFile(out.getvalue(), name="still.jpg")
