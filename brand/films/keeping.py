"""Keeping films: looked into before they are kept, told to the pages that show them."""

from functools import partial
from typing import IO, TypeVar

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import models, transaction

from brand.films.models import Film
from changes import outbox
from changes.models import Change
from lib.films import look_into
from lib.pictures import read_picture

AnyFilm = TypeVar("AnyFilm", bound=Film)


def keep_film(
    *,
    film: AnyFilm,
    video: File | IO[bytes] | None,
    poster: File | IO[bytes] | None = None,
    shown_by: models.Model | None = None,
    region: str = "",
) -> AnyFilm:
    """Save `film`, with a new video or still where one is given. Without a still one is taken out of it.

    Both are looked into first, outside of the transaction; what they replace is deleted after it. The public
    is told that `shown_by`, or else the film itself, changed in the county `region`.

    Raises:
        NotAFilm, NotAPicture: what was given is none.
    """
    before = type(film)._default_manager.filter(pk=film.pk).first() if film.pk else None
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
        outbox.record(shown_by or film, region=region)
        if before:
            _delete_after({before.video.name, before.poster.name} - {film.video.name, film.poster.name})
    return film


def remove_film(*, film: Film, shown_by: models.Model | None = None, region: str = "") -> None:
    """Delete a film with its files; pages that show it leave it out."""
    with transaction.atomic():
        kind = Change.Kind.SAVED if shown_by else Change.Kind.DELETED
        outbox.record(shown_by or film, kind, region=region)
        _delete_after({film.video.name, film.poster.name})
        film.delete()


def _delete_after(names: set[str | None]) -> None:
    for name in filter(None, names):
        transaction.on_commit(partial(default_storage.delete, name))
