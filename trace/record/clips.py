"""Films of the season: kept with what they are, shown on the pages of their base and batches.

A film with a batch is that batch's. One without is shown on every batch of its base (and of its product,
where it names one) that was growing on the day it was filmed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q, QuerySet

from changes import outbox
from lib.films import look_into
from lib.pictures import read_picture
from record.batches import mark_all_changed
from record.models import Batch, Clip
from telemetry.models import Base

SEASON = timedelta(days=365)  # before a harvest whose planting is not known: trees are not planted each year
ON_A_BASE = 12  # shown
ON_A_BATCH = 12


class WrongBatch(ValueError):
    """The batch did not grow on this base."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A film as a page shows it."""

    step: str
    title: str
    shot_on: date
    shot_by: str
    seconds: int
    width: int
    height: int
    video: str
    poster: str

    @property
    def step_name(self) -> str:
        """The step in the language of the page."""
        return str(Clip.Step(self.step).label)

    @property
    def video_url(self) -> str:
        """Where the film is."""
        return default_storage.url(self.video)

    @property
    def poster_url(self) -> str:
        """Where the still is."""
        return default_storage.url(self.poster)


def keep_clip(*, clip: Clip, video: File | IO[bytes] | None, poster: File | IO[bytes] | None) -> Clip:
    """Save `clip`, with a new film or still where one is given, and tell the pages that show it.

    Both are looked into first, outside of the transaction. Without a still one is taken out of the film.

    Raises:
        NotAFilm, NotAPicture: what was given is none.
        WrongBatch: the batch did not grow on this base.
    """
    if clip.batch is not None:
        if clip.batch.base_id != clip.base_id:
            raise WrongBatch
        clip.product_id = clip.batch.product_id
    _take_film(clip, video)
    if poster:
        clip.poster.save("still.jpg", read_picture(poster), save=False)
    before = Clip.objects.filter(pk=clip.pk).first() if clip.pk else None
    with transaction.atomic():
        clip.save()
        _tell(clip, *([before] if before else []))
    return clip


def remove_clip(*, clip: Clip) -> None:
    """Delete a film with its files, and tell the pages that showed it."""
    with transaction.atomic():
        _tell(clip)
        files = [file.name for file in (clip.video, clip.poster) if file and file.name]
        clip.delete()
        transaction.on_commit(partial(_delete_files, files))


def clips_of_base(base: Base) -> list[Shown]:
    """Return the films of what a base grows, by step, newest first. One query."""
    return _by_step(Clip.objects.filter(base=base, is_public=True), ON_A_BASE)


def clips_of_batch(batch: Batch) -> list[Shown]:
    """Return the films of a batch and of its season, by step, its own first. One query."""
    clips = Clip.objects.filter(_of(batch), is_public=True)
    return _by_step(clips.order_by(F("batch").asc(nulls_last=True)), ON_A_BATCH)


def _of(batch: Batch) -> Q:
    own = Q(batch=batch)
    if not (batch.planted_on or batch.harvested_on):
        return own
    season = Q(batch=None, base=batch.base_id) & (Q(product=None) | Q(product=batch.product_id))
    begun = batch.planted_on or (batch.harvested_on and batch.harvested_on - SEASON)
    season &= Q(shot_on__gte=begun)
    if batch.harvested_on:
        season &= Q(shot_on__lte=batch.harvested_on)
    return own | season


def batches_showing(clip: Clip) -> QuerySet[Batch]:
    """Return the batches on whose pages a film is."""
    if clip.batch_id:
        return Batch.objects.filter(pk=clip.batch_id)
    batches = Batch.objects.filter(base=clip.base_id)
    if clip.product_id:
        batches = batches.filter(product=clip.product_id)
    planted = Q(planted_on__lte=clip.shot_on) | Q(
        planted_on=None, harvested_on__lte=clip.shot_on + SEASON, harvested_on__isnull=False
    )
    return batches.filter(planted, Q(harvested_on=None) | Q(harvested_on__gte=clip.shot_on))


def _take_film(clip: Clip, video: File | IO[bytes] | None) -> None:
    if not video:
        return
    film = look_into(video)
    clip.width, clip.height, clip.seconds = film.width, film.height, film.seconds
    clip.video.save("film.mp4", video if isinstance(video, File) else File(video), save=False)
    clip.poster.save("still.jpg", film.still, save=False)


def _tell(*clips: Clip) -> None:
    """Tell the batches and the bases that show, or showed, these films."""
    mark_all_changed({pk for clip in clips for pk in batches_showing(clip).values_list("pk", flat=True)})
    for base in Base.objects.filter(pk__in={clip.base_id for clip in clips}).select_related("region"):
        outbox.record(base, region=base.region.slug)


def _delete_files(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


def _by_step(clips: QuerySet[Clip], most: int) -> list[Shown]:
    """Return the films in the order of the season's steps; within a step as they come."""
    newest = clips.order_by(*clips.query.order_by, "-shot_on", "-pk")[:most]
    order = list(Clip.Step.values)
    return sorted(_shown(newest), key=lambda clip: order.index(clip.step))


def _shown(clips: QuerySet[Clip]) -> Iterator[Shown]:
    for clip in clips:
        yield Shown(
            clip.step,
            clip.title,
            clip.shot_on,
            clip.shot_by,
            clip.seconds,
            clip.width,
            clip.height,
            clip.video.name or "",
            clip.poster.name or "",
        )
