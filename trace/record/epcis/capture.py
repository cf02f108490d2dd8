"""Capture: events that a partner hands in become events of the record, with where they came from.

Each goes through `record_event` like any other. The same event handed in twice has one effect.
"""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import override

from brand.models import Member
from record.epcis.documents import BadEvent, PartnerEvent, Quantity, name_of, read_document, read_event
from record.epcis.identifiers import BadIdentifier, Pattern, read_identifier
from record.epcis.vocabulary import PARTNER_STEPS, STEP_PREFIXES, bare
from record.events.items import Item
from record.events.order import CLOCKS_DIFFER
from record.events.recording import EventRefused, record_event
from record.models import Batch, CapturedEvent, CaptureJob, Carton, Code, Event

Behaviour = CaptureJob.Behaviour
_UNITS = {"KGM": "千克", "GRM": "克", "TNE": "吨", "LTR": "升", "MLT": "毫升"}
_PACKAGES = "件"
_RELATED = ("product__region", "base")


@dataclass(slots=True)
class _Tally:
    recorded: int = 0
    known: int = 0
    errors: list[dict[str, str]] = field(default_factory=list)


class _Undone(Exception):
    """Something was wrong and the partner wants all or none."""


def capture(*, text: bytes, behaviour: str, member: Member | None, program: str, at: datetime) -> CaptureJob:
    """Record the events of a document and return the job that says what became of them.

    Raises:
        BadDocument: it is no EPCIS document; nothing is kept of it.
        TooMany: it holds too many events.
    """
    events = read_document(text)
    job = CaptureJob(
        member=member,
        program=program[:80],
        created_at=at,
        finished_at=at,
        behaviour=behaviour,
        received=len(events),
        recorded=0,
    )
    tally = _Tally()
    try:
        with transaction.atomic():
            job.save(force_insert=True)
            _record_all(events, job, tally)
            if tally.errors and behaviour == Behaviour.ROLLBACK:
                raise _Undone
            _finish(job, tally)
    except _Undone:
        tally.recorded = 0
        _finish(job, tally)
    return job


def _finish(job: CaptureJob, tally: _Tally) -> None:
    """Write what became of it; after a rollback the row itself is written anew."""
    job.recorded, job.known, job.errors = tally.recorded, tally.known, tally.errors
    job.save(force_insert=not CaptureJob.objects.filter(pk=job.pk).exists())


def _record_all(events: Iterable[bytes], job: CaptureJob, tally: _Tally) -> None:
    for number, text in enumerate(events, start=1):
        name = f"event {number}"
        try:
            event = read_event(text)
            name = event.event_id or name
            if event.event_time > job.created_at + CLOCKS_DIFFER:
                raise BadEvent("eventTime lies in the future")
            with transaction.atomic():  # of one event that speaks of several lots, all or none
                _record(event, text, job, tally)
        except (BadEvent, EventRefused) as error:
            tally.errors.append(
                {"type": "epcisException:ValidationException", "title": str(error)[:500], "instance": name}
            )


def _record(event: PartnerEvent, text: bytes, job: CaptureJob, tally: _Tally) -> None:
    name, sender = name_of(event, text), f"member:{job.member_id}" if job.member_id else ""
    recorded = known = 0
    for batch, items in _lots(event):
        if CapturedEvent.objects.filter(sender=sender, name=name, batch=batch).exists():
            known += 1
            continue
        try:
            with transaction.atomic():
                made = record_event(batch=batch, outputs=items, **_facts(event, job))
                CapturedEvent.objects.create(
                    job=job, event=made, batch=batch, sender=sender, name=name, said=json.loads(text)
                )
        except IntegrityError:  # the same event at the same moment by another request: one of them stands
            known += 1
            continue
        recorded += 1
    tally.recorded += recorded
    tally.known += known


def _facts(event: PartnerEvent, job: CaptureJob) -> dict[str, Any]:
    stage, step = PARTNER_STEPS.get(
        bare(event.biz_step, STEP_PREFIXES), (Event.Stage.CIRCULATION, Event.Step.OTHER)
    )
    with override(settings.LANGUAGE_CODE):
        title = event.title.strip() or str(Event.Step(step).label)
    return {
        "stage": stage,
        "step": step,
        "title": title,
        "at": event.event_time,
        "recorded_at": job.created_at,
        "responsible": job.member,
        "source": Event.Source.PARTNER,
        **_where(event),
    }


def _where(event: PartnerEvent) -> dict[str, Any]:
    """Return the place in words and, from a `geo:` address (RFC 5870), on earth."""
    spots = [place.id for place in (event.read_point, event.biz_location) if place]
    found: dict[str, Any] = {"place": event.place.strip()}
    for spot in spots:
        if spot.startswith("geo:"):
            found |= _coordinates(spot)
        elif not found["place"]:
            found["place"] = spot[:80]
    return found


def _coordinates(geo: str) -> dict[str, Decimal]:
    try:
        latitude, longitude = (Decimal(part) for part in geo[4:].split(";", maxsplit=1)[0].split(",")[:2])
    except (InvalidOperation, ValueError) as error:
        raise BadEvent(f"{geo[:60]} is no geo: address") from error
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise BadEvent(f"{geo[:60]} is not on earth")
    six = Decimal("0.000001")
    return {"latitude": latitude.quantize(six), "longitude": longitude.quantize(six)}


def _lots(event: PartnerEvent) -> Iterator[tuple[Batch, list[Item]]]:
    """Yield each lot the event is about, once, with how much of it.

    Raises:
        BadEvent: it names nothing, or something nobody here knows.
    """
    lots: dict[int, tuple[Batch, list[Item]]] = {}
    packages: dict[int, int] = {}
    for amount in event.amounts:
        batch = _batch(amount.epc_class)
        lots.setdefault(batch.pk, (batch, []))[1].extend(_item(batch, amount))
    for thing in event.things:
        batch = _batch(thing)
        lots.setdefault(batch.pk, (batch, []))
        packages[batch.pk] = packages.get(batch.pk, 0) + 1
    if not lots:
        raise BadEvent("it names no lot, package or carton")
    for pk, count in packages.items():
        batch, items = lots[pk]
        items.append(Item(batch.product.name, str(count), _PACKAGES))
    yield from lots.values()


def _item(batch: Batch, amount: Quantity) -> Iterator[Item]:
    if amount.quantity is not None:
        if not (math.isfinite(amount.quantity) and 0 < amount.quantity < 1e12):
            raise BadEvent(f"{amount.quantity} is no amount")
        yield Item(
            batch.product.name, f"{Decimal(str(amount.quantity)):f}", _UNITS.get(amount.uom, amount.uom)
        )


def _batch(identifier: str) -> Batch:
    try:
        pattern = read_identifier(identifier)
    except BadIdentifier as error:
        raise BadEvent(f"{identifier[:100]} is neither a GS1 Digital Link nor an EPC URN") from error
    batch = _found(pattern)
    if batch is None:
        raise BadEvent(f"nobody here knows {identifier[:100]}")
    return batch


def _found(pattern: Pattern) -> Batch | None:
    batches = Batch.objects.select_related(*_RELATED)
    if pattern.sscc:
        return batches.filter(pk__in=Carton.objects.filter(sscc=pattern.sscc).values("batch")).first()
    if pattern.serial:
        codes = Code.objects.filter(serial=pattern.serial, product__gtin=pattern.gtin)
        return batches.filter(pk__in=codes.exclude(batch=None).values("batch")).first()
    return batches.named(gtin=pattern.gtin, lot=pattern.lot).first() if pattern.lot else None
