"""Films of posts in the back office."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from brand.back_office.film_form import AddByForm, EditByForm, FilmFilesForm
from news.films.keeping import keep_film, remove_film
from news.films.models import PostFilm


class PostFilmForm(FilmFilesForm):
    """A film of posts."""

    def save(self, commit: bool = True) -> PostFilm:
        """Keep it."""
        return keep_film(film=self.instance, **self.new_files())


class RemovePostFilm(DeleteView):
    """Takes a film away."""

    def delete_action(self) -> None:
        """Delete it with its files."""
        remove_film(film=self.object)


class PostFilmViewSet(ModelViewSet):
    """Films of posts."""

    model = PostFilm
    name = "post-films"
    icon = "media"
    menu_label = _("Films of posts")
    copy_view_enabled = False
    add_view_class = AddByForm
    edit_view_class = EditByForm
    delete_view_class = RemovePostFilm
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
        return ObjectList(self.panels, base_form_class=PostFilmForm).bind_to_model(self.model)
