"""Films of the brand in the back office."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from association.films.keeping import keep_film, remove_film
from association.films.models import BrandFilm
from lib.films import NotAFilm, look_into
from lib.pictures import NotAPicture, read_picture


class FilmForm(WagtailAdminModelForm):
    """A film with what is said in it; file by file it is said what is wrong."""

    def clean_video(self) -> Any:
        """Look into a new film."""
        return self._looked_into("video", look_into, NotAFilm)

    def clean_poster(self) -> Any:
        """Look into a new still."""
        return self._looked_into("poster", read_picture, NotAPicture)

    def save(self, commit: bool = True) -> BrandFilm:
        """Keep it."""
        new = {name: self.cleaned_data.get(name) for name in ("video", "poster") if name in self.changed_data}
        for name in new:
            setattr(self.instance, name, self.initial.get(name) or "")
        return keep_film(film=self.instance, video=new.get("video"), poster=new.get("poster") or None)

    def _looked_into(self, name: str, look: Any, error: type[Exception]) -> Any:
        file = self.cleaned_data.get(name)
        if file and name in self.changed_data:
            try:
                look(file)
            except error as problem:
                raise forms.ValidationError(str(problem)) from problem
        return file


class AddFilm(CreateView):
    """Adds a film."""

    def save_instance(self) -> BrandFilm:
        """Keep it; the form does."""
        film: BrandFilm = self.form.save()
        return film


class EditFilm(EditView):
    """Changes what is said of a film, or the film."""

    def save_instance(self) -> BrandFilm:
        """Keep it; the form does."""
        film: BrandFilm = self.form.save()
        return film


class RemoveFilm(DeleteView):
    """Takes a film away."""

    def delete_action(self) -> None:
        """Delete it with its files."""
        remove_film(film=self.object)


class FilmViewSet(ModelViewSet):
    """Films of the brand."""

    model = BrandFilm
    name = "brand-films"
    icon = "media"
    menu_label = _("Films of the brand")
    menu_order = 227
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = AddFilm
    edit_view_class = EditFilm
    delete_view_class = RemoveFilm
    list_display = ["title", "region", "seconds", "added_at"]
    list_filter = ["region"]
    search_fields = ["title", "words"]
    search_backend_name = None
    panels = [
        FieldPanel("region"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("video"), FieldPanel("poster")]),
        FieldPanel("words"),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=FilmForm).bind_to_model(self.model)
