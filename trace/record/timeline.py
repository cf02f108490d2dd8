"""What a page shows of a batch: its events by stage with their corrections, its papers, what is missing.

`batch_record` makes three queries (events with their photos; papers; films), and none while the version
of the batch is one it knows. What can end without the batch changing (a licence, a certification) is not
part of it: see `papers.product_papers`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any

from django.core.cache import cache as kept
from django.db.models import F, FilteredRelation, Q

from lib.prepared import Prepared
from lib.shapes import shape_of
from record.completeness import Completeness, Fact, Known, completeness
from record.events.conflicts import shown_conflicts
from record.events.duties import needs
from record.events.history import Change, Correction, Entry, Step, entries
from record.events.items import Item, from_json
from record.models import Batch, Event
from record.papers.shown import BatchPapers, Certificate, Report, Source, Test, batch_papers
from record.photos import SPEC, Shot, with_renditions

KEPT_SECONDS = 3600
_PAPERS = (BatchPapers, Certificate, Test, Report, Source)


@dataclass(frozen=True, slots=True)
class StageRecord:
    """A stage: what happened, and what should be recorded and is not (keys of `completeness.FACTS`)."""

    stage: str
    entries: tuple[Entry, ...]
    missing: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """Everything a page shows of a batch that changes only with its version."""

    entries: tuple[Entry, ...]
    papers: BatchPapers
    completeness: Completeness

    @property
    def stages(self) -> list[StageRecord]:
        """The stages in their order; one without events and without gaps is left out."""
        found = (
            StageRecord(
                stage,
                tuple(entry for entry in self.entries if entry.current.stage == stage),
                tuple(self.completeness.missing(stage)),
            )
            for stage in Event.Stage.values
        )
        return [stage for stage in found if stage.entries or stage.missing]

    @property
    def packed(self) -> Step | None:
        """The last step of processing: when and where it was packed."""
        steps = [entry.current for entry in self.entries if entry.current.stage == Event.Stage.PROCESSING]
        return steps[-1] if steps else None

    @property
    def is_tested_clean(self) -> bool:
        """Whether there are residue tests and none stands in the way."""
        return bool(self.papers.tests) and all(test.is_cleared for test in self.papers.tests)


def batch_record(batch: Batch) -> BatchRecord:
    """Return the record of `batch` (which comes with its product)."""
    key = f"record.batch:{_shape()}:{batch.pk}:{batch.lot}:{batch.version}"
    record = kept.get(key)
    if record is None:
        record = _read(batch)
        kept.set(key, record, KEPT_SECONDS)
    return record


@cache
def _shape() -> str:
    """Return what changes with the fields of any class that is kept: a cache outlives the program."""
    return shape_of(BatchRecord, Completeness, Entry, Correction, Change, Step, Item, Shot, *_PAPERS)


def _read(batch: Batch) -> BatchRecord:
    history = entries(_steps(batch))
    if told := shown_conflicts(history, batch=batch):
        history = [replace(entry, conflicts=told.get(entry.original.pk, ())) for entry in history]
    papers = batch_papers(batch)
    known = Known(
        planted=batch.planted_on is not None,
        harvested=batch.harvested_on is not None,
        weighed=batch.quantity is not None,
        certified=papers.certificate is not None,
        tested=bool(papers.tests),
        steps=tuple(replace(entry.current, photos=entry.photos) for entry in history),
    )
    score = completeness(known, produce=batch.product.needs_certificate)
    return BatchRecord(tuple(history), papers, score)


_STEP = (
    "pk",
    "sequence",
    "stage",
    "title",
    "at",
    "recorded_at",
    "place",
    "actor",
    "attested_by",
    "note",
    "reason",
    "step",
    "source",
    "latitude",
    "longitude",
    "needs_responsible",
    "needs_witness",
)


_rows = Prepared(
    lambda pk: (
        Event.objects.filter(batch_id=pk)
        .annotate(
            rendition=FilteredRelation(
                "photos__image__renditions", condition=Q(photos__image__renditions__filter_spec=SPEC)
            )
        )
        .order_by("sequence", "photos__id")
        .values(
            *_STEP,
            "inputs",
            "outputs",
            "corrects_id",
            "photos__image_id",
            "photos__caption",
            "photos__taken_at",
            party=F("responsible__name"),
            **needs(),
            file=F("rendition__file"),
        )
    )
)


def _steps(batch: Batch) -> Iterator[Step]:
    """Yield the events of `batch` by sequence, from one query with a row per photo."""
    rows = _rows(batch.pk)
    for _sequence, group in groupby(rows, key=lambda row: row["sequence"]):
        yield _step(list(group))


def _step(rows: list[dict[str, Any]]) -> Step:
    first = rows[0]
    shots = (
        Shot(row["photos__image_id"], row["file"] or "", row["photos__caption"], row["photos__taken_at"])
        for row in rows
        if row["photos__image_id"]
    )
    return Step(
        **{name: first[name] for name in _STEP},
        responsible=first["party"] or "",
        inputs=tuple(from_json(first["inputs"])),
        outputs=tuple(from_json(first["outputs"])),
        corrects=first["corrects_id"],
        photos=tuple(with_renditions(shots)),
    )
