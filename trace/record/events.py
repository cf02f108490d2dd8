"""Events: the only way anything is written into the record of a batch, and the way it is corrected."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from wagtail.images.models import Image

from accounts.models import User
from brand.models import Member
from record import chain, order
from record.batches import mark_changed
from record.items import Item, from_json, to_json
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
    """The event cannot be: `reasons` are sentences for the person who entered it."""

    def __init__(self, reasons: Sequence[Promise | str]) -> None:
        super().__init__(" ".join(str(reason) for reason in reasons))
        self.reasons = list(reasons)


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

    `latitude` and `longitude` are degrees (WGS 84). `submission` is the key the sender gave it: at most one
    event of a batch has it.

    Raises:
        EventRefused: its date contradicts what is known of the batch.
    """
    facts = {
        "stage": stage,
        "title": title,
        "at": at,
        "place": place,
        "actor": actor,
        "responsible": responsible,
        "attested_by": attested_by,
        "inputs": to_json(inputs),
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
    facts = current_facts(event) | changes
    facts |= {"inputs": to_json(facts["inputs"]), "outputs": to_json(facts["outputs"])}
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


def date_conflicts(*, batch: Batch, planted_on: date | None, harvested_on: date | None) -> list[Promise]:
    """Return what the recorded events say against these dates of `batch`."""
    found: list[Promise] = []
    for moment in _holding(batch.events.order_by("sequence")).values():
        found += order.date_conflicts(moment, planted_on=planted_on, harvested_on=harvested_on)
    return found


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
        reasons = _conflicts(event, batch, chained)
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


def _conflicts(event: Event, batch: Batch, chained: Sequence[Event]) -> list[Promise]:
    holding = _holding(chained)
    if event.corrects_id:
        holding.pop(event.corrects_id, None)
    return order.conflicts(
        order.Moment(event.stage, event.at),
        others=holding.values(),
        planted_on=batch.planted_on,
        harvested_on=batch.harvested_on,
        now=event.recorded_at,
    )


def _holding(chained: Iterable[Event]) -> dict[int, order.Moment]:
    """Return the moment that holds of each event, by the key of the original: later corrections win."""
    return {entry.corrects_id or entry.pk: order.Moment(entry.stage, entry.at) for entry in chained}


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
