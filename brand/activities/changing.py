"""What the organiser changes later: calling an activity off, moving it, giving it more room."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.activities import tasks
from brand.activities.models import Activity
from brand.activities.places import fill_places, locked
from brand.activities.refusals import AlreadyCalledOff, SignUpRefused
from brand.acts.models import record_act
from changes import outbox


@dataclass(frozen=True, slots=True)
class Appointment:
    """When and where people were told to come."""

    starts_at: datetime
    place: str
    address: str


def appointment(activity: Activity) -> Appointment:
    """Return when and where an activity is now."""
    return Appointment(activity.starts_at, activity.place, activity.address)


def call_off(*, activity: Activity, why: str, by: User, at: datetime) -> None:
    """Call an activity off and tell everybody who holds a place or waits for one.

    Raises:
        AlreadyCalledOff: it was before.
        SignUpRefused: it is over, or nobody says why.
    """
    if not why.strip():
        raise SignUpRefused(_("Say why: people read it before they set out."))
    with locked(activity) as held:
        if held.called_off_at is not None:
            raise AlreadyCalledOff
        if held.ends_at <= at:
            raise SignUpRefused(_("It is over; it cannot be called off any more."))
        held.called_off_at, held.called_off_why = at, why.strip()
        held.save(update_fields=["called_off_at", "called_off_why"])
        record_act(held, "called_off", by=by, at=at, note=held.called_off_why)
        outbox.record(held, region=held.region.slug)
        tasks.tell_everybody.enqueue(held.pk, "called_off", "")
    activity.refresh_from_db()


def settle_change(*, activity: Activity, before: Appointment, at: datetime) -> None:
    """After an edit: offer new places to those who wait; tell people where and when they have to be now.

    Call it in the transaction that saved the change.
    """
    with locked(activity) as held:
        fill_places(held, at=at)
        after = appointment(held)
        if after != before and held.called_off_at is None and held.starts_at > at:
            tasks.tell_everybody.enqueue(held.pk, "moved", f"{after.starts_at:%m%d%H%M}{after.place}"[:40])
    transaction.on_commit(activity.refresh_from_db)
