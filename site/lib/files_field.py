"""A form field for several photos or papers, each judged by its content."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import ngettext

from lib.documents import NotADocument, read_document


class FilesInput(forms.ClearableFileInput):
    """Chooses several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to `most` photos or PDFs; pictures lose what the camera wrote into them."""

    widget = FilesInput({"accept": "application/pdf,image/*"})

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> list[ContentFile]:
        """Return the files.

        Raises:
            ValidationError: one cannot be read, or there are too many.
        """
        files = [file for file in data or [] if file]
        if len(files) > self.most:
            said = ngettext("Up to %(most)s file.", "Up to %(most)s files.", self.most)
            raise forms.ValidationError(said % {"most": self.most})
        return list(self._read(files))

    def _read(self, files: list[Any]) -> Iterator[ContentFile]:
        for file in files:
            try:
                yield read_document(file)
            except NotADocument as error:
                raise forms.ValidationError(f"{file.name}: {error.reason}") from error
