"""Form fields for what operators upload: judged by content, kept without what a camera adds."""

from typing import Any

from django import forms
from django.core.files.base import ContentFile

from lib.documents import NotADocument, read_document
from lib.pictures import NotAPicture, read_picture


class PictureField(forms.FileField):
    """A picture, encoded anew."""

    widget = forms.FileInput({"accept": "image/*"})

    def clean(self, data: Any, initial: Any = None) -> ContentFile | None:
        """Return the picture, or None without one.

        Raises:
            ValidationError: it is none.
        """
        file = super().clean(data, initial)
        try:
            return read_picture(file) if file else None
        except NotAPicture as error:
            raise forms.ValidationError(str(error.reason)) from error


class PaperField(forms.FileField):
    """A PDF, or the photo of a paper."""

    widget = forms.FileInput({"accept": "application/pdf,image/*"})

    def clean(self, data: Any, initial: Any = None) -> ContentFile | None:
        """Return the paper, or None without one.

        Raises:
            ValidationError: it is neither.
        """
        file = super().clean(data, initial)
        try:
            return read_document(file) if file else None
        except NotADocument as error:
            raise forms.ValidationError(str(error.reason)) from error
