"""Checking: what would become of each line, found out without writing anything."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from record.events.conflicts import event_conflicts
from record.events.items import to_json
from record.events.recording import faults
from record.events.register import with_labels
from record.importing.meaning import Meaning, Reader
from record.importing.sheet import Line
from record.models import Batch, Event, ImportLine

State = ImportLine.State
_NAMESPACE = UUID("6f2b1c0e-5b3f-4a58-9a55-2f7f4a1f9d10")


@dataclass(slots=True)
class Verdict:
    """What a line is good for. `submission` is the key it would be recorded under."""

    line: Line
    meaning: Meaning
    state: str
    problems: list[str] = field(default_factory=list)
    submission: UUID | None = None
    event: Event | None = None


def check(lines: Iterable[Line], *, at: datetime) -> list[Verdict]:
    """Return a verdict on each line. `at` is the clock.

    A line's key is made from what it says, so a line that was recorded before is known again, from
    whatever file it comes. Lines are measured against the record and the lines above them.
    """
    lines = list(lines)
    reader = Reader(lines)
    meanings = [(line, reader.read(line)) for line in lines]
    known = _known(meanings)
    chains = _Chains({meaning.batch for _line, meaning in meanings if meaning.batch})
    seen: dict[UUID, int] = {}
    return [
        _verdict(line, meaning, known=known, chains=chains, seen=seen, at=at) for line, meaning in meanings
    ]


def submission_of(meaning: Meaning) -> UUID:
    """Return the key of what a line says of a batch."""
    assert meaning.batch is not None  # noqa: S101 - only asked of lines without problems
    facts = {
        name: to_json(value) if name in {"inputs", "outputs"} else str(getattr(value, "pk", value))
        for name, value in meaning.facts.items()
    }
    text = json.dumps({"batch": meaning.batch.pk, **facts}, sort_keys=True, ensure_ascii=False)
    return uuid5(_NAMESPACE, text)


class _Chains:
    """The events of the batches, and those of lines above, as a chain each. One query."""

    def __init__(self, batches: set[Batch]) -> None:
        self.events: dict[int, list[Event]] = defaultdict(list)
        for event in Event.objects.filter(batch__in=batches).order_by("sequence"):
            self.events[event.batch_id].append(event)
        self.imagined = 0

    def add(self, event: Event) -> None:
        self.imagined -= 1  # a key no recorded event has
        event.pk = self.imagined
        self.events[event.batch_id].append(event)


def _verdict(
    line: Line,
    meaning: Meaning,
    *,
    known: dict[UUID, Event],
    chains: _Chains,
    seen: dict[UUID, int],
    at: datetime,
) -> Verdict:
    if meaning.problems or meaning.batch is None:
        return Verdict(line, meaning, State.FAULTY, [str(problem) for problem in meaning.problems])
    key = submission_of(meaning)
    if key in known:
        return Verdict(line, meaning, State.KNOWN, submission=key, event=known[key])
    if key in seen:
        return Verdict(line, meaning, State.FAULTY, [_same_as(seen[key])])
    seen[key] = line.number
    event = _imagined(meaning, at)
    if wrong := faults(event):
        return Verdict(
            line, meaning, State.FAULTY, [str(each) for reasons in wrong.values() for each in reasons]
        )
    against = event_conflicts(event, batch=meaning.batch, chained=chains.events[meaning.batch.pk])
    chains.add(event)
    state = State.CONFLICT if against else State.READY
    return Verdict(line, meaning, state, [str(each) for each in against], key)


def _imagined(meaning: Meaning, at: datetime) -> Event:
    """Return the event of the line, not saved."""
    assert meaning.batch is not None  # noqa: S101 - the caller looked
    facts = dict(meaning.facts)
    facts["inputs"] = to_json(with_labels(facts["inputs"], product=meaning.batch.product))
    facts["outputs"] = to_json(facts["outputs"])
    return Event(batch=meaning.batch, recorded_at=at, source=Event.Source.IMPORT, **facts)


def _known(meanings: Iterable[tuple[Line, Meaning]]) -> dict[UUID, Event]:
    keys = [submission_of(meaning) for _line, meaning in meanings if meaning.batch and not meaning.problems]
    found = Event.objects.filter(submission__in=keys)
    return {event.submission: event for event in found if event.submission}


def _same_as(number: int) -> str:
    return str(format_lazy(_("The same as line {number}."), number=number))
