"""Photos of events as they come from a phone: read by content, freed of what the camera added, filed once."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.base import ContentFile, File
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image
from wagtail.images.models import Image as FiledImage

from accounts.models import User
from lib.pictures import FORMATS, NotAPicture, read_picture
from record.events.recording import Photo

MOST_PHOTOS = 9


@dataclass(frozen=True, slots=True)
class Picture:
    """A checked picture that is not filed yet, and when its camera says it was taken."""

    content: ContentFile
    taken_at: datetime | None


class FilesInput(forms.ClearableFileInput):
    """Chooses several files."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several pictures, read outside of any transaction: decoding them takes its time."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Picture]:
        """Return the pictures.

        Raises:
            ValidationError: one is no picture or too large, or there are too many.
        """
        files = [file for file in data or [] if file]
        if len(files) > MOST_PHOTOS:
            raise forms.ValidationError(_("Up to 9 photos."))
        try:
            return [Picture(content=read_picture(file), taken_at=taken_at(file)) for file in files]
        except NotAPicture as error:
            raise forms.ValidationError(str(error)) from error


@contextmanager
def filed_photos(
    pictures: Sequence[Picture], *, caption: str, title: str, user: User
) -> Iterator[list[Photo]]:
    """File the pictures; when what follows fails, take their files away again (rows roll back)."""
    photos: list[Photo] = []
    try:
        for picture in pictures:
            image = FiledImage.objects.create(
                title=caption or title, file=picture.content, uploaded_by_user=user
            )
            photos.append(Photo(image, caption, picture.taken_at))
        yield photos
    except BaseException:
        for photo in photos:
            photo.image.file.delete(save=False)
        raise


def take_away(photos: Iterable[Photo]) -> None:
    """Delete photos no event has: what they belong to had been recorded, with its photos, before."""
    for photo in photos:
        photo.image.delete()


def taken_at(file: File) -> datetime | None:
    """Return when the camera says it took the picture; its clock shows local time."""
    try:
        file.seek(0)
        with Image.open(file, formats=FORMATS) as image:
            text = image.getexif().get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal, "")
        return timezone.make_aware(datetime.strptime(text, "%Y:%m:%d %H:%M:%S"))  # noqa: DTZ007 - made aware here
    except Exception:  # EXIF is whatever the sender wrote; its reader raises SyntaxError, struct.error, ...
        return None
    finally:
        file.seek(0)
