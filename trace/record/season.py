"""The season of a batch: the weather where it grew, from its planting to its harvest.

The part of the page is kept, rendered, by the version of the batch and the day: it costs a query once a day
and nothing after that. Readings that come late show the next day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from brand.models import Product
from record.events.history import Entry
from record.models import Batch, Event
from record.season_chart import SeasonChart, season_chart
from telemetry.live.metric_faces import Face, faces
from telemetry.seasons import TEMPERATURE, Course, Gap, Season, season

KEPT_SECONDS = 86_400
GAPS_TOLD = 3
_GROWING = {Event.Stage.PLANTING, Event.Stage.PRODUCTION}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SeasonRecord:
    """What the page tells of a season."""

    season: Season
    chart: SeasonChart | None
    courses: list[tuple[Face, Course]]
    is_over: bool

    @property
    def air_face(self) -> Face | None:
        """How the temperature is written."""
        return next((face for face, _course in self.courses if face.key == TEMPERATURE), None)

    @property
    def air(self) -> Course | None:
        """The temperature."""
        return next((course for _face, course in self.courses if course.metric == TEMPERATURE), None)

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.season.hours // 24

    @property
    def share(self) -> int:
        """How much of its hours was measured, in per cent; a hundred only for all of them."""
        return self.season.measured_hours * 100 // self.season.hours

    @property
    def gaps_told(self) -> list[Gap]:
        """The longest gaps, in the order they came."""
        longest = sorted(self.season.gaps, key=lambda gap: (-gap.days, gap.first))[:GAPS_TOLD]
        return sorted(longest, key=lambda gap: gap.first)

    @property
    def gaps_more(self) -> int:
        """How many gaps are not told."""
        return len(self.season.gaps) - len(self.gaps_told)


def season_part(batch: Batch, product: Product, entries: Sequence[Entry]) -> SafeString:
    """Return the part of the page, or nothing for a batch that did not grow or whose planting is not known.

    `product` comes with its crop.
    """
    on = timezone.localdate()
    if not (product.needs_certificate and batch.planted_on and batch.planted_on < on):
        return SafeString("")
    base = product.crop.base_temperature if product.crop else None
    key = (
        f"record.season:{batch.pk}:{batch.lot}:{batch.version}:{on}:{product.crop_id}:{base}:{get_language()}"
    )
    kept: str | None = cache.get(key)
    if kept is None:
        context = {"told": season_record(batch, product, entries, on=on), "crop": product.crop}
        kept = render_to_string("record/parts/season.html", context)
        cache.set(key, kept, KEPT_SECONDS)
    return mark_safe(kept)  # noqa: S308 - our own template rendered it


def season_record(batch: Batch, product: Product, entries: Sequence[Entry], *, on: date) -> SeasonRecord:
    """Return the season of a planted batch up to its harvest, or up to yesterday. One query."""
    first, last = _period(batch, on)
    shown = {face.key: face for face in faces(on=on) if face.in_season and not face.is_circular}
    base = product.crop.base_temperature if product.crop else None
    told = season(base_pk=batch.base_id, metrics=list(shown), first=first, last=last, base_temperature=base)
    return SeasonRecord(
        season=told,
        chart=season_chart(told.temperature, first=first, last=last, events=_events(entries)),
        courses=[(shown[course.metric], course) for course in told.courses],
        is_over=batch.harvested_on is not None and batch.harvested_on <= on,
    )


def _period(batch: Batch, on: date) -> tuple[date, date]:
    first = batch.planted_on or on
    last = batch.harvested_on if batch.harvested_on and batch.harvested_on <= on else on - _DAY
    return first, max(first, last)


def _events(entries: Sequence[Entry]) -> Iterator[tuple[date, str]]:
    for entry in entries:
        if entry.current.stage in _GROWING:
            yield timezone.localdate(entry.current.at), entry.current.title
