"""Films of the brand in the back office."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from association.films.keeping import keep_film, remove_film
from association.films.models import BrandFilm
from brand.back_office.film_form import AddByForm, EditByForm, FilmFilesForm


class FilmForm(FilmFilesForm):
    """A film of the brand."""

    def save(self, commit: bool = True) -> BrandFilm:
        """Keep it."""
        return keep_film(film=self.instance, **self.new_files())


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
    add_view_class = AddByForm
    edit_view_class = EditByForm
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
