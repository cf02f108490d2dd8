"""Rooms and equipment: had by one at a time, given back, and what their use came to.

The rows of what is asked for are locked first, the room before equipment and equipment by its key; only
then is the time looked at. So of two who ask for the same hour one waits, sees the other's booking, and is
refused. A constraint cannot say it: SQLite has no exclusion of ranges, and equipment hangs in a second table.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from changes import outbox
from training.classes.bookings import Booking
from training.classes.meetings import Meeting
from training.classes.refusals import BookingRefused, Taken
from training.classes.rooms import Equipment, Room


def reserve(
    *,
    room: Room | None,
    equipment: Iterable[Equipment] = (),
    starts_at: datetime,
    ends_at: datetime,
    purpose: str,
    who: str,
    by: User | None,
    at: datetime,
) -> Booking:
    """Give a room, equipment or both to somebody for that time.

    Raises:
        BookingRefused: the time is the wrong way round, nothing is asked for, or it cannot be used.
        Taken: somebody else has it.
    """
    things = list(equipment)
    if ends_at <= starts_at:
        raise BookingRefused(_("It ends before it begins."))
    if room is None and not things:
        raise BookingRefused(_("Choose a room or equipment."))
    with transaction.atomic():
        _hold(room, things, starts_at, ends_at)
        booking = Booking.objects.create(
            room=room,
            starts_at=starts_at,
            ends_at=ends_at,
            purpose=purpose.strip(),
            who=who.strip(),
            booked_by=by,
            booked_at=at,
        )
        booking.equipment.set(things)
        record_act(booking, "booked", by=by, at=at)
    return booking


def give_back(*, booking: Booking, by: User | None, at: datetime) -> None:
    """Give a booking back, so that others may have the time; a meeting that had it has no room any more.

    Raises:
        BookingRefused: it was given back before, or its use is recorded.
    """
    with transaction.atomic():
        standing = Booking.objects.standing().filter(pk=booking.pk, recorded_at=None)
        if not standing.update(cancelled_at=at):
            raise BookingRefused(_("This booking was given back before, or its use is recorded."))
        _let_go(booking)
        record_act(booking, "cancelled", by=by, at=at)
    booking.refresh_from_db()


def record_use(*, booking: Booking, people: int, note: str, by: User, at: datetime) -> None:
    """Write down what the use came to (使用记录): once, after it began.

    Raises:
        BookingRefused: too early, given back, or recorded before.
    """
    if at < booking.starts_at:
        raise BookingRefused(_("It has not begun yet."))
    facts = {"people": people, "used_note": note.strip(), "recorded_by": by, "recorded_at": at}
    with transaction.atomic():
        # compare-and-set: of two who record at once the first one's words stand
        if not Booking.objects.standing().filter(pk=booking.pk, recorded_at=None).update(**facts):
            raise BookingRefused(_("This booking was given back, or its use is recorded already."))
        record_act(booking, "done", by=by, at=at, note=note.strip(), detail={"people": people})
    booking.refresh_from_db()


def _let_go(booking: Booking) -> None:
    """Take the room off the meeting, whose page says where it is."""
    meetings = Meeting.objects.select_related("training_class__activity__region").filter(booking=booking)
    for meeting in meetings:
        Meeting.objects.filter(pk=meeting.pk).update(booking=None)
        activity = meeting.training_class.activity
        outbox.record(activity, region=activity.region.slug)


def _hold(room: Room | None, things: list[Equipment], starts_at: datetime, ends_at: datetime) -> None:
    if room is not None:
        held = Room.objects.select_for_update().get(pk=room.pk)
        if not held.is_open:
            raise BookingRefused(_("%(room)s cannot be booked just now.") % {"room": held.name})
        _refuse_taken(held.name, Booking.objects.filter(room=held), starts_at, ends_at)
    keys = [thing.pk for thing in things]
    for thing in Equipment.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
        if thing.condition != Equipment.Condition.FINE:
            facts = {"thing": str(thing), "state": thing.get_condition_display()}
            raise BookingRefused(_("%(thing)s cannot be lent: %(state)s.") % facts)
        _refuse_taken(str(thing), Booking.objects.filter(equipment=thing), starts_at, ends_at)


def _refuse_taken(name: str, bookings: object, starts_at: datetime, ends_at: datetime) -> None:
    other = bookings.standing().across(starts_at, ends_at).order_by("starts_at").first()  # type: ignore[attr-defined]
    if other is not None:
        raise Taken(name, other)
