"""Keeping films of posts, told to the pages that show them."""

from typing import IO

from django.core.files.base import File

from brand.films import keeping
from news.films.models import PostFilm


def keep_film(
    *, film: PostFilm, video: File | IO[bytes] | None, poster: File | IO[bytes] | None = None
) -> PostFilm:
    """Save `film`, with a new video or still where one is given. Without a still one is taken out of it.

    Raises:
        NotAFilm, NotAPicture: what was given is none.
    """
    return keeping.keep_film(film=film, video=video, poster=poster, region=film.region.slug)


def remove_film(*, film: PostFilm) -> None:
    """Delete a film with its files; posts that show it leave it out."""
    keeping.remove_film(film=film, region=film.region.slug)
