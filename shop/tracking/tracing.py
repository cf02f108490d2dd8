"""Tracing: the one way anything is reported about a parcel on its way, whoever reports it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from accounts.models import User
from shop.county_post.models import Station
from shop.fulfilment.models import Parcel
from shop.fulfilment.telling import tell_arrived, tell_delivered
from shop.tracking.models import TrackingEvent

Source = TrackingEvent.Source
_FINAL = {Parcel.State.DELIVERED, Parcel.State.RETURNED}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a parcel. `at` is when it happened, in the words of who reports it."""

    at: datetime
    state: str
    text: str
    source: str
    place: str = ""
    handed_to: str = ""


def trace(
    *,
    parcel: Parcel,
    step: Step,
    by: User | None = None,
    station: Station | None = None,
    proof: ContentFile[Any] | None = None,
) -> TrackingEvent | None:
    """Keep one step of `parcel` and move its state, unless a later step is known; None if it was known.

    Reports come twice and out of order: the same step is kept once, the newest decides the state, and what
    was delivered stays delivered. The buyer is told after commit when it waits for them or was delivered.
    """
    with transaction.atomic():
        held = Parcel.objects.select_for_update(of=("self",)).get(pk=parcel.pk)
        event = _kept(held, step, by=by, station=station, proof=proof)
        if event is None:
            return None
        _move(held, step)
    for name in ("state", "traced_at", "delivered_at", "handed_to"):
        setattr(parcel, name, getattr(held, name))
    return event


def _kept(
    parcel: Parcel,
    step: Step,
    *,
    by: User | None,
    station: Station | None,
    proof: ContentFile[Any] | None,
) -> TrackingEvent | None:
    known = f"{step.source}|{step.at.timestamp():.0f}|{step.text}"
    event = TrackingEvent(
        parcel=parcel, at=step.at, state=step.state, text=step.text[:300], place=step.place[:80],
        source=step.source, by=by, station=station, mark=hashlib.sha256(known.encode()).hexdigest(),
    )  # fmt: skip
    if parcel.events.filter(mark=event.mark).exists():
        return None
    if proof is not None:
        event.proof.save(f"{parcel.number}.jpg", proof, save=False)
    try:
        with transaction.atomic():
            event.save(force_insert=True)
    except IntegrityError:  # reported twice at the same moment
        return None
    return event


def _move(parcel: Parcel, step: Step) -> None:
    """Let the newest step decide."""
    if parcel.state in _FINAL or (parcel.traced_at and step.at < parcel.traced_at):
        return
    was, parcel.state, parcel.traced_at = parcel.state, step.state, step.at
    if step.state == Parcel.State.DELIVERED:
        parcel.delivered_at, parcel.handed_to = step.at, step.handed_to
    parcel.save(update_fields=["state", "traced_at", "delivered_at", "handed_to"])
    if step.state == was or step.source in {Source.BUYER, Source.SYSTEM}:
        return
    if step.state == Parcel.State.WAITING:
        transaction.on_commit(lambda: tell_arrived(parcel=parcel, at=step.at))
    elif step.state == Parcel.State.DELIVERED:
        transaction.on_commit(lambda: tell_delivered(parcel=parcel, at=step.at))
