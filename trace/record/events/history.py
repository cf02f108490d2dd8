"""Events with their corrections beside them: what was recorded, what holds now, what changed. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

from record.events.items import Item
from record.photos import Shot

COMPARED = (
    "title",
    "at",
    "place",
    "inputs",
    "outputs",
    "note",
    "actor",
    "attested_by",
    "responsible",
    "stage",
    "step",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One event as it was recorded."""

    pk: int
    sequence: int
    stage: str
    title: str
    at: datetime
    recorded_at: datetime
    place: str = ""
    actor: str = ""
    responsible: str = ""
    attested_by: str = ""
    inputs: tuple[Item, ...] = ()
    outputs: tuple[Item, ...] = ()
    note: str = ""
    corrects: int | None = None
    reason: str = ""
    photos: tuple[Shot, ...] = ()
    step: str = ""
    source: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    needs_responsible: bool = False
    needs_witness: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that a correction changed."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction, with what it changed of what held before."""

    step: Step
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as it was recorded, what holds of it now, and the corrections in between."""

    original: Step
    current: Step
    corrections: tuple[Correction, ...] = ()
    photos: tuple[Shot, ...] = ()
    changed: frozenset[str] = frozenset()
    """The facts that were corrected: a page shows them beside each other instead of once."""
    conflicts: tuple[Promise, ...] = ()
    """What it contradicts, when it was taken in as it came."""


def entries(steps: Iterable[Step]) -> list[Entry]:
    """Return one entry per event, in order of the time that holds; `steps` come in order of sequence."""
    originals: list[Step] = []
    fixes: dict[int, list[Step]] = defaultdict(list)
    for step in steps:
        if step.corrects is None:
            originals.append(step)
        else:
            fixes[step.corrects].append(step)
    found = [_entry(original, fixes[original.pk]) for original in originals]
    return sorted(found, key=lambda entry: (entry.current.at, entry.original.sequence))


def _entry(original: Step, fixes: list[Step]) -> Entry:
    corrections = tuple(_corrections(original, fixes))
    return Entry(
        original=original,
        current=fixes[-1] if fixes else original,
        corrections=corrections,
        changed=frozenset(change.field for fix in corrections for change in fix.changes),
        photos=tuple(shot for step in (original, *fixes) for shot in step.photos),
    )


def _corrections(original: Step, fixes: list[Step]) -> Iterator[Correction]:
    before = original
    for fix in fixes:
        pairs = ((name, getattr(before, name), getattr(fix, name)) for name in COMPARED)
        yield Correction(fix, tuple(Change(name, old, new) for name, old, new in pairs if old != new))
        before = fix
