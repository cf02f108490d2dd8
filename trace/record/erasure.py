"""Erasing names: people named in events may ask for it, and the chain stays whole.

Names are chained as a salted digest. Without names and salt nobody can tell from the digest who it was, and
every hash still fits (`chain.broken_links`). That something was erased, when, by whom and on what grounds
stays on record; whose name it was does not.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from record.batches import mark_changed
from record.models import Batch, Event, NameErasure

# Events are final for the ORM; this is the one thing that is ever taken out of one.
_ERASE = "UPDATE record_event SET actor = '', attested_by = '', salt = '' WHERE id = %s AND salt <> ''"


class NothingToErase(LookupError):
    """No event names that person, or its names are erased already."""


class ErasureNeedsGrounds(ValueError):
    """It was not said why."""


def events_naming(name: str) -> QuerySet[Event]:
    """Return the events that name exactly this person as who did it or attested to it."""
    name = name.strip()
    found = Event.objects.select_related("batch__product__region").order_by("batch", "sequence")
    return found.filter(Q(actor=name) | Q(attested_by=name)) if name else found.none()


def erase_name(*, name: str, reason: str, at: datetime, by: User | None) -> int:
    """Erase the names of every event that names this person, and return of how many.

    Both names of such an event go: the digest stands for the two together.

    Raises:
        ErasureNeedsGrounds: no reason was given.
        NothingToErase: nobody of that name is on record.
    """
    if not reason.strip():
        raise ErasureNeedsGrounds
    with transaction.atomic():
        count = erase_people(events=events_naming(name), reason=reason.strip(), at=at, by=by)
        if not count:
            raise NothingToErase
    return count


def erase_people(*, events: Iterable[Event], reason: str, at: datetime, by: User | None) -> int:
    """Take the names out of `events`, tell every cache, and return how many had any left.

    Part of the caller's transaction; of two at once the second finds nothing left to erase.
    """
    erased = [event for event in events if _erased(event)]
    NameErasure.objects.bulk_create(
        NameErasure(event=event, at=at, by=by, reason=reason[:200]) for event in erased
    )
    batches = Batch.objects.select_related("product__region")
    for batch in batches.filter(pk__in={event.batch_id for event in erased}).order_by("pk"):
        mark_changed(batch)
    return len(erased)


def _erased(event: Event) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_ERASE, [event.pk])
        return cursor.rowcount == 1
