"""The hash chain of a batch: each event carries the hash of the one before, so nothing is changed unseen.

The names of people are chained as a salted digest of their own. Erasing a name on request (and its salt)
leaves the chain whole.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from record.models import Event

PhotoFacts = tuple[str, str, datetime | None]  # hash of the file, caption, when it was taken


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """An event that does not fit, and how.

    `problem` is `changed`, `people_changed`, `people_gone` (and no erasure on record), `detached` (from the
    one before) or `missing` (one before).
    """

    event: Event
    problem: str


def people_digest(*, salt: str, actor: str, attested_by: str) -> str:
    """Return the digest that stands for the people in the event."""
    return _sha256({"salt": salt, "actor": actor, "attested_by": attested_by})


def event_hash(event: Event, *, corrects: int | None, photos: Sequence[PhotoFacts]) -> str:
    """Return the hash of everything the event says, its place in the chain included.

    `corrects` is the sequence number of the event it corrects.
    """
    return _sha256(
        {
            "batch": event.batch_id,
            "sequence": event.sequence,
            "stage": event.stage,
            "title": event.title,
            "at": _utc(event.at),
            "place": event.place,
            "people": event.people_digest,
            "responsible": event.responsible_id,
            "inputs": event.inputs,
            "outputs": event.outputs,
            "note": event.note,
            "corrects": corrects,
            "reason": event.reason,
            "photos": [[file, caption, _utc(taken_at)] for file, caption, taken_at in photos],
            "recorded_at": _utc(event.recorded_at),
            "recorded_by": event.recorded_by_id,
            "previous": event.previous_hash,
        }
        | _facts_added_later(event)
    )


def broken_links(events: Iterable[Event]) -> Iterator[BrokenLink]:
    """Yield each event of one batch, in order of sequence, that does not fit what it says or its place."""
    previous, expected = "", 1
    sequences: dict[int | None, int] = {}
    for event in events:
        sequences[event.pk] = event.sequence
        if event.sequence != expected:
            yield BrokenLink(event, "missing")
        elif event.previous_hash != previous:
            yield BrokenLink(event, "detached")
        if problem := _people_problem(event):
            yield BrokenLink(event, problem)
        photos = [(photo.image.file_hash, photo.caption, photo.taken_at) for photo in event.photos.all()]
        if event.hash != event_hash(event, corrects=sequences.get(event.corrects_id), photos=photos):
            yield BrokenLink(event, "changed")
        previous, expected = event.hash, event.sequence + 1


def _facts_added_later(event: Event) -> dict[str, str]:
    """Return the facts events did not have at first, only where they are stated.

    So a chain begun before still fits; taking a stated one away changes the hash like any other change.
    """
    stated = {"step": event.step, "source": "" if event.source == Event.Source.DESK else event.source}
    if event.latitude is not None and event.longitude is not None:
        stated["position"] = f"{event.latitude:.6f},{event.longitude:.6f}"
    return {name: value for name, value in stated.items() if value}


def _people_problem(event: Event) -> str:
    """Return what is wrong with the people, "" when they are those of the digest or were erased on record.

    One query for each event whose names are gone; those are few.
    """
    digest = people_digest(salt=event.salt, actor=event.actor, attested_by=event.attested_by)
    if digest == event.people_digest:
        return ""
    if event.salt or event.actor or event.attested_by:
        return "people_changed"
    return "" if hasattr(event, "erasure") else "people_gone"


def _utc(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _sha256(facts: dict[str, Any]) -> str:
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
