"""Pictures that somebody uploads: judged by their content, kept small, and without what a camera adds.

A phone writes the place, the owner and a serial number into a photo (EXIF); none of it is kept. What comes
out is a JPEG that we encoded ourselves, so nothing that was hidden in the upload is ever served.
"""

import hashlib
from io import BytesIO
from pathlib import PurePath
from typing import IO, Final

from django.core.files.base import ContentFile, File
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

register_heif_opener()  # what iPhones take
MOST_BYTES: Final = 15 * 1024 * 1024
MOST_PIXELS: Final = 60_000_000  # a phone of 50 megapixels; decoded that is 180 MB for a moment
LONGEST_SIDE: Final = 2560  # px, of what is kept
QUALITY: Final = 85
# what phones take and browsers show; a JPEG with a second picture behind it (MPO) opens as the first
FORMATS: Final = ("JPEG", "PNG", "WEBP", "AVIF")


class NotAPicture(ValueError):
    """The file is no picture we take; `reason` is a sentence for whoever sent it."""

    def __init__(self, reason: Promise | str) -> None:
        super().__init__(str(reason))
        self.reason = reason


def read_picture(file: File | IO[bytes], *, longest: int = LONGEST_SIDE) -> ContentFile:
    """Return the picture in `file` as a JPEG, upright, at most `longest` px a side, without metadata.

    Its name is made from its content, not from the name it came with.

    Raises:
        NotAPicture: too large, damaged, or no picture.
    """
    file.seek(0)  # a form may have looked at it before
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise NotAPicture(_("The picture is larger than 15 MB."))
    content = _encoded(data, longest)
    return ContentFile(content, name=f"{hashlib.sha256(content).hexdigest()[:20]}.jpg")


def fitted(file: File | IO[bytes], *, longest: int) -> ContentFile | None:
    """Return the picture in `file` upright, at most `longest` px a side; None when it may stay as it is.

    It may when it is small enough, of a format browsers show, and tells nothing of place, owner or camera:
    what is made of it would tell that too. What has transparency becomes a PNG, all
    else a JPEG. The name is the one it came with, with its new ending. A JPEG is never decoded larger than
    needed: a hundred megapixels take 80 MB for a moment.

    Raises:
        NotAPicture: damaged, or no picture.
    """
    file.seek(0)
    try:
        with Image.open(file) as image:
            if max(image.size) <= longest and image.format in FORMATS and not _tells_more(image):
                return None
            clear = image.has_transparency_data
            content = _transparent(image, longest) if clear else _written(image, longest)
    except NotAPicture:
        raise
    except Exception as error:  # a decoder raises whatever it stumbles over: struct.error, KeyError, ...
        raise NotAPicture(_("The picture is damaged and cannot be read.")) from error
    finally:
        file.seek(0)
    stem = PurePath(file.name or "picture").stem
    return ContentFile(content, name=f"{stem}.{'png' if clear else 'jpg'}")


def _tells_more(image: Image.Image) -> bool:
    """Tell whether a camera or a program wrote more into the picture than which side is up."""
    return bool(set(image.getexif()) - {ExifTags.Base.Orientation}) or "xmp" in image.info


def _transparent(image: Image.Image, longest: int) -> bytes:
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail((longest, longest))
    out = BytesIO()
    upright.save(out, "PNG", optimize=True)
    return out.getvalue()


def _encoded(data: bytes, longest: int) -> bytes:
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NotAPicture(_("The picture has more than 60 million pixels."))
            return _written(image, longest)
    except NotAPicture:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise NotAPicture(_("The file is no picture. JPEG, PNG, WebP and AVIF are.")) from error
    except Exception as error:  # a decoder raises whatever it stumbles over: struct.error, KeyError, ...
        raise NotAPicture(_("The picture is damaged and cannot be read.")) from error


def _written(image: Image.Image, longest: int) -> bytes:
    """Decode no more than is kept, turn it upright, lay transparency on white, and write it anew."""
    image.draft("RGB", (longest, longest))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((longest, longest))
    # the colour profile stays: without it the greens of a wide-gamut phone turn dull
    profile = image.info.get("icc_profile") if upright.mode == "RGB" else None
    out = BytesIO()
    _flat(upright).save(out, "JPEG", quality=QUALITY, optimize=True, icc_profile=profile, exif=b"")
    return out.getvalue()


def _flat(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    ground = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")
