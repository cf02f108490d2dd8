"""Choosing a film for a post."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet


class PostFilmChooserViewSet(ChooserViewSet):
    """Chooses a film of posts."""

    model = "news.PostFilm"
    icon = "media"
    choose_one_text = _("Choose a film")
    choose_another_text = _("Choose another film")
    register_widget = False


post_film_chooser = PostFilmChooserViewSet("news_film_chooser")
PostFilmChooserBlock = post_film_chooser.get_block_class("PostFilmChooserBlock", "news.films.chooser")
