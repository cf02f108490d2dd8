"""A film and its still in the back office: looked into before they are kept."""

from typing import Any

from django import forms
from django.db.models import Model
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import CreateView, EditView

from lib.films import NotAFilm, look_into
from lib.pictures import NotAPicture, read_picture

FILES = ("video", "poster")


class FilmFilesForm(WagtailAdminModelForm):
    """The fields `video` and `poster` of a film; file by file it is said what is wrong."""

    def clean_video(self) -> Any:
        """Look into a new film."""
        return self._looked_into("video", look_into, NotAFilm)

    def clean_poster(self) -> Any:
        """Look into a new still."""
        return self._looked_into("poster", read_picture, NotAPicture)

    def new_files(self) -> dict[str, Any]:
        """Return the new `video` and `poster`, None where the old one stays; the row keeps the old names.

        Whoever keeps the film writes the new ones, and only then takes the old ones away.
        """
        for name in set(FILES) & set(self.changed_data):
            setattr(self.instance, name, self.initial.get(name) or "")
        return {
            name: (self.cleaned_data.get(name) or None) if name in self.changed_data else None
            for name in FILES
        }

    def _looked_into(self, name: str, look: Any, error: type[Exception]) -> Any:
        file = self.cleaned_data.get(name)
        if file and name in self.changed_data:
            try:
                look(file)
            except error as problem:
                raise forms.ValidationError(str(problem)) from problem
        return file


class AddByForm(CreateView):
    """Adds by the form's own `save`, which makes the domain call."""

    def save_instance(self) -> Model:
        """Keep it; the form does."""
        kept: Model = self.form.save()
        return kept


class EditByForm(EditView):
    """Changes by the form's own `save`, which makes the domain call."""

    def save_instance(self) -> Model:
        """Keep it; the form does."""
        kept: Model = self.form.save()
        return kept
