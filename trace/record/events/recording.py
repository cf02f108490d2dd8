"""Events: the only way anything is written into the record of a batch, and the way it is corrected."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from wagtail.images.models import Image

from accounts.models import User
from brand.models import Member
from record.batches import mark_changed
from record.events import chain, order
from record.events.conflicts import TOLERATED, date_conflicts, event_conflicts
from record.events.duties import neglected_duties
from record.events.items import Item, from_json, to_json
from record.events.register import unknown_pesticides, with_labels
from record.models import Batch, Event, EventPhoto

_PLAIN_FACTS = (
    "stage",
    "step",
    "title",
    "at",
    "place",
    "latitude",
    "longitude",
    "actor",
    "responsible",
    "attested_by",
    "note",
)


class EventRefused(ValueError):
    """The event cannot be: `reasons` are sentences for the person who entered it, `by_fact` says of what."""

    def __init__(self, by_fact: Mapping[str, Sequence[Promise | str]]) -> None:
        self.by_fact = {fact: list(reasons) for fact, reasons in by_fact.items() if reasons}
        self.reasons = [reason for reasons in self.by_fact.values() for reason in reasons]
        super().__init__(" ".join(str(reason) for reason in self.reasons))


class NotCorrectable(ValueError):
    """Corrections correct events, not other corrections, and say why."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture to file with an event."""

    image: Image
    caption: str = ""
    taken_at: datetime | None = None


def record_event(
    *,
    batch: Batch,
    stage: str,
    title: str,
    at: datetime,
    recorded_at: datetime,
    place: str = "",
    actor: str = "",
    responsible: Member | None = None,
    attested_by: str = "",
    inputs: Sequence[Item] = (),
    outputs: Sequence[Item] = (),
    note: str = "",
    photos: Sequence[Photo] = (),
    recorded_by: User | None = None,
    step: str = "",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    source: str = Event.Source.DESK,
    submission: UUID | None = None,
) -> Event:
    """Append one event to the chain of `batch`. `at` is when it happened, `recorded_at` is the clock.

    `latitude` and `longitude` are degrees (WGS 84). `submission` is the key the sender gave it: sent again,
    the event that was recorded first is returned and nothing is written. What went in is completed from the
    register of inputs. Dates that contradict the record are refused, unless `source` is a spreadsheet or a
    partner: those are kept, and shown beside what they contradict.

    Raises:
        EventRefused: its date contradicts what is known of the batch, it names nobody where its stage must,
            or nobody knows the safety interval of what was used.
    """
    facts = {
        "stage": stage,
        "title": title,
        "at": at,
        "place": place,
        "actor": actor,
        "responsible": responsible,
        "attested_by": attested_by,
        "inputs": to_json(with_labels(inputs, product=batch.product)),
        "outputs": to_json(outputs),
        "note": note,
        "step": step,
        "latitude": latitude,
        "longitude": longitude,
        "source": source,
        "submission": submission,
    }
    return _append(Event(batch=batch, recorded_at=recorded_at, recorded_by=recorded_by, **facts), photos)


def correct_event(
    *,
    event: Event,
    reason: str,
    recorded_at: datetime,
    recorded_by: User | None = None,
    photos: Sequence[Photo] = (),
    source: str = Event.Source.DESK,
    **changes: Any,
) -> Event:
    """Append an event that restates `event` with `changes` (arguments of `record_event`) and says why.

    The original stays as it is; the public page shows both.

    Raises:
        NotCorrectable: `event` is a correction itself, or no reason was given.
        EventRefused: the corrected date contradicts what is known of the batch.
    """
    if event.corrects_id or not reason.strip():
        raise NotCorrectable
    before = current_facts(event)
    facts = before | changes
    inputs = with_labels(facts["inputs"], product=event.batch.product, before=before["inputs"])
    facts |= {"inputs": to_json(inputs), "outputs": to_json(facts["outputs"])}
    correction = Event(
        batch=event.batch,
        corrects=event,
        reason=reason.strip(),
        recorded_at=recorded_at,
        recorded_by=recorded_by,
        source=source,
        **facts,
    )
    return _append(correction, photos)


def current_facts(event: Event) -> dict[str, Any]:
    """Return what holds of `event` after its corrections, as arguments of `record_event`."""
    latest = event.corrections.order_by("-sequence").first() or event
    facts = {name: getattr(latest, name) for name in _PLAIN_FACTS}
    return facts | {"inputs": from_json(latest.inputs), "outputs": from_json(latest.outputs)}


def _append(event: Event, photos: Sequence[Photo]) -> Event:
    """Give `event` its place in the chain and save it with its photos.

    The batch row is locked first: of two events at once the second sees the first as its predecessor
    (and the unique constraints on sequence and predecessor would refuse it if it did not).
    """
    with transaction.atomic():
        batch = (
            Batch.objects.select_for_update(of=("self",))
            .select_related("product__region")
            .get(pk=event.batch_id)
        )
        chained = list(batch.events.order_by("sequence"))
        if known := _sent_before(event, chained):
            return known
        reasons = _reasons(event, batch, chained)
        if reasons:
            raise EventRefused(reasons)
        _seal(event, previous=chained[-1] if chained else None, photos=photos)
        event.save()
        EventPhoto.objects.bulk_create(
            EventPhoto(event=event, image=photo.image, caption=photo.caption, taken_at=photo.taken_at)
            for photo in photos
        )
        mark_changed(batch)
    return event


def _sent_before(event: Event, chained: Iterable[Event]) -> Event | None:
    """Return the event this one is, when its sender lost our answer and sent it again."""
    if event.submission is None:
        return None
    return next((each for each in chained if each.submission == event.submission), None)


def faults(event: Event) -> dict[str, list[Promise]]:
    """Return, by fact, what is wrong with the event itself, whatever its batch has had before."""
    moment = order.Moment(event.stage, event.at)
    found = {
        "at": order.future_conflicts(moment, now=event.recorded_at),
        "inputs": unknown_pesticides(from_json(event.inputs), step=event.step),
    }
    if not event.corrects_id:
        responsible, witness = bool(event.responsible_id), bool(event.attested_by)
        duties = neglected_duties(stage=event.stage, responsible=responsible, witness=witness)
        found |= {fact: [reason] for fact, reason in duties.items()}
    return {fact: reasons for fact, reasons in found.items() if reasons}


def _reasons(event: Event, batch: Batch, chained: Sequence[Event]) -> dict[str, list[Promise]]:
    """Return, by fact, why the event cannot be recorded. What a partner sends is kept as it came."""
    if event.source == Event.Source.PARTNER:
        return {}
    found = faults(event)
    if event.source not in TOLERATED:
        found["at"] = found.get("at", []) + event_conflicts(event, batch=batch, chained=chained)
    return {fact: reasons for fact, reasons in found.items() if reasons}


def _seal(event: Event, *, previous: Event | None, photos: Sequence[Photo]) -> None:
    event.sequence = previous.sequence + 1 if previous else 1
    event.previous_hash = previous.hash if previous else ""
    event.salt = secrets.token_hex(16)
    event.people_digest = chain.people_digest(
        salt=event.salt, actor=event.actor, attested_by=event.attested_by
    )
    event.hash = chain.event_hash(
        event,
        corrects=event.corrects.sequence if event.corrects else None,
        photos=[(photo.image.get_file_hash(), photo.caption, photo.taken_at) for photo in photos],
    )


__all__ = [
    "EventRefused",
    "NotCorrectable",
    "Photo",
    "correct_event",
    "current_facts",
    "date_conflicts",
    "faults",
    "record_event",
]
