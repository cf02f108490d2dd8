"""Photographs as the library keeps them: upright, in a format browsers show, no larger than pages need."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from wagtail.images.forms import BaseImageForm

from lib.pictures import NotAPicture, fitted

LONGEST_SIDE: Final = 4096  # px: the widest rendition is 1600, a cut of a part may need more


class OriginalForm(BaseImageForm):
    """Takes photographs as cameras make them, 30 MB and HEIC, and keeps what pages need of them."""

    def clean_file(self) -> Any:
        """Make a new photograph smaller where it is too large, or of a format browsers do not show."""
        file = self.cleaned_data.get("file")
        if not file or "file" not in self.changed_data:
            return file
        try:
            return fitted(file, longest=LONGEST_SIDE) or file
        except NotAPicture as problem:
            raise ValidationError(str(problem)) from problem
