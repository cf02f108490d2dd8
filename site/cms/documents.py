"""Documents as the library takes them: the files an office sends around, judged by their content."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm

from lib.office import NotAnOfficeFile, check_office_file


class CheckedDocumentForm(BaseDocumentForm):
    """Refuses what is not what its name says, and what runs when it is opened."""

    def clean_file(self) -> Any:
        """Look into a new file."""
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data:
            try:
                check_office_file(file, name=file.name)
            except NotAnOfficeFile as problem:
                raise ValidationError(str(problem)) from problem
        return file
