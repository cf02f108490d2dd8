"""Work on several batches at once: one event in the chain of each, all of them or none."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise

from record.events.recording import EventRefused, record_event
from record.models import Batch, Event

_TOLD_APART = ("stage", "title", "at", "note")


class WorkRefused(ValueError):
    """The work cannot have been done to some batches: `reasons` are sentences by lot number."""

    def __init__(self, reasons: Mapping[str, list[Promise | str]]) -> None:
        super().__init__("; ".join(f"{lot}: {' '.join(map(str, why))}" for lot, why in reasons.items()))
        self.reasons = dict(reasons)

    @property
    def sentences(self) -> list[str]:
        """The reasons for people: each said once, with the lot numbers it holds for if not for one alone."""
        lots: dict[str, list[str]] = {}
        for lot, why in self.reasons.items():
            for reason in why:
                lots.setdefault(str(reason), []).append(lot)
        return [f"{', '.join(named)}: {reason}" for reason, named in lots.items()]


class SentBefore(ValueError):
    """The key stands for something else: a page from the browser's past was filled in anew."""


def record_work(
    *, batches: Iterable[Batch], submission: UUID, recorded_at: datetime, **facts: Any
) -> list[Event]:
    """Record one event for each of `batches`; `facts` are arguments of `record_event`.

    `submission` is the key the sender gave it: sent again, what was recorded first is returned.

    Raises:
        WorkRefused: one of them cannot have had it; then none has it.
        SentBefore: the key stands for another event or for other batches; nothing is recorded.
    """
    batches = list(batches)
    if known := sent_before(submission, batches=batches, facts=facts):
        return known
    events: list[Event] = []
    refused: dict[str, list[Promise | str]] = {}
    with transaction.atomic():
        # by key: two entries that name the same batches lock them in one order and cannot wait for each other
        for batch in sorted(batches, key=lambda batch: batch.pk):
            try:
                events.append(
                    record_event(batch=batch, submission=submission, recorded_at=recorded_at, **facts)
                )
            except EventRefused as error:
                refused[batch.lot] = error.reasons
        if refused:
            raise WorkRefused(refused)
    return events


def sent_before(submission: UUID, *, batches: Iterable[Batch], facts: Mapping[str, Any]) -> list[Event]:
    """Return the events that were recorded under this key; none when it is new.

    Raises:
        SentBefore: they say something else, or are of other batches.
    """
    known = list(Event.objects.filter(submission=submission).select_related("batch__product"))
    if not known:
        return []
    same = all(getattr(known[0], name) == facts.get(name, "") for name in _TOLD_APART)
    if not same or {event.batch_id for event in known} != {batch.pk for batch in batches}:
        raise SentBefore
    return known
