"""Keeping the film of an article, told to the pages that show it."""

from typing import IO

from django.core.files.base import File

from brand.films import keeping
from shop.gallery.models import ArticleFilm


def keep_film(
    *, film: ArticleFilm, video: File | IO[bytes] | None, poster: File | IO[bytes] | None = None
) -> ArticleFilm:
    """Save `film`, with a new video or still where one is given. Without a still one is taken out of it.

    Raises:
        NotAFilm, NotAPicture: what was given is none.
    """
    return keeping.keep_film(film=film, video=video, poster=poster, shown_by=film.article)


def remove_film(*, film: ArticleFilm) -> None:
    """Delete a film with its files."""
    keeping.remove_film(film=film, shown_by=film.article)
