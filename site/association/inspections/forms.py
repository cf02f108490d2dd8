"""The answer to a finding: words and files."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from lib.documents import NotADocument, read_document


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class AnswerForm(forms.Form):
    """What was done. Files are read apart: good ones are kept whatever becomes of the rest."""

    text = forms.CharField(
        label=_("What you did"),
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Who did what, and when. The officer reads this and looks at the files."),
        error_messages={"required": _("Say what was done.")},
    )
    photos = forms.Field(
        label=_("Photos and papers that show it"),
        required=False,
        widget=FilesInput({"accept": "image/*,application/pdf"}),
        help_text=_("Several at once, up to 15 MB each: photos or PDF."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.refused: list[str] = []

    def sent_files(self) -> Iterator[tuple[str, ContentFile]]:
        """Yield name and content of each file that is good; what is not is said beside the field."""
        for file in self.files.getlist("photos"):
            if content := self._read(file):
                yield str(file.name), content

    def _read(self, file: UploadedFile) -> ContentFile | None:
        try:
            return read_document(file)
        except NotADocument as error:
            self.refused.append(f"{file.name}: {error.reason}")
            return None
