"""Keeping the film of an article: looked into before it is kept, told to the pages that show it."""

from functools import partial
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from changes import outbox
from changes.models import Change
from lib.films import look_into
from lib.pictures import read_picture
from shop.gallery.models import ArticleFilm


def keep_film(
    *, film: ArticleFilm, video: File | IO[bytes] | None, poster: File | IO[bytes] | None = None
) -> ArticleFilm:
    """Save `film`, with a new video or still where one is given. Without a still one is taken out of it.

    Both are looked into first, outside of the transaction; what they replace is deleted after it.

    Raises:
        NotAFilm, NotAPicture: what was given is none.
    """
    before = ArticleFilm.objects.filter(pk=film.pk).first() if film.pk else None
    if video:
        seen = look_into(video)
        film.width, film.height, film.seconds = seen.width, seen.height, seen.seconds
        film.video.save("film.mp4", File(video), save=False)
        if not poster:
            film.poster.save("still.jpg", seen.still, save=False)
    if poster:
        film.poster.save("still.jpg", read_picture(poster), save=False)
    with transaction.atomic():
        film.save()
        outbox.record(film.article)
        if before:
            _delete_after({before.video.name, before.poster.name} - {film.video.name, film.poster.name})
    return film


def remove_film(*, film: ArticleFilm) -> None:
    """Delete a film with its files."""
    with transaction.atomic():
        outbox.record(film.article, Change.Kind.SAVED)
        _delete_after({film.video.name, film.poster.name})
        film.delete()


def _delete_after(names: set[str | None]) -> None:
    for name in filter(None, names):
        transaction.on_commit(partial(default_storage.delete, name))
