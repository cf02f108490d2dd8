"""The form of an objection. Names are free; the words are not."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from brand.licences.publicity.objections import MOST_FILES
from lib.documents import NotADocument, read_document

FEWEST_WORDS = 10  # characters


class _Several(forms.ClearableFileInput):
    """Chooses several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to five photos or papers, each judged by its content."""

    widget = _Several({"accept": "application/pdf,image/*"})

    def clean(self, data: Any, initial: Any = None) -> list[ContentFile]:
        """Return the files.

        Raises:
            ValidationError: one cannot be read, or there are too many.
        """
        files = [file for file in data or [] if file]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Up to 5 files."))
        return list(self._read(files))

    def _read(self, files: list[Any]) -> Iterator[ContentFile]:
        for file in files:
            try:
                yield read_document(file)
            except NotADocument as error:
                raise forms.ValidationError(f"{file.name}: {error.reason}") from error


class ObjectionForm(forms.Form):
    """What speaks against a licence."""

    words = forms.CharField(
        label=_("What speaks against it"),
        min_length=FEWEST_WORDS,
        max_length=2000,
        help_text=_("What you saw, where and when. The association looks into it before it decides."),
        widget=forms.Textarea({"rows": 6}),
    )
    papers = FilesField(label=_("Photos or papers"), required=False, help_text=_("Up to 5, 15 MB each."))
    name = forms.CharField(label=_("Your name"), max_length=40, required=False)
    contact = forms.CharField(
        label=_("Telephone or e-mail"),
        max_length=80,
        required=False,
        help_text=_(
            "If we may ask back. Only the association sees it; it is erased a year after the answer."
        ),
    )
