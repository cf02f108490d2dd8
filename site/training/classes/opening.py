"""Opening a class, and the meetings it consists of: added, dropped, moved to another time or room."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.activities.changing import appointment, settle_change
from brand.acts.models import record_act
from brand.models import Activity, Region
from changes import outbox
from training.classes.meetings import Meeting
from training.classes.refusals import ClassRefused
from training.classes.reserving import give_back, reserve
from training.classes.rooms import Equipment, Room
from training.classes.training_class import TrainingClass


@dataclass(frozen=True, slots=True)
class Slot:
    """When and where a meeting is; without a room it is at the place the class names."""

    starts_at: datetime
    ends_at: datetime
    topic: str = ""
    room: Room | None = None
    equipment: Sequence[Equipment] = field(default=())


def open_class(
    *,
    region: Region,
    title: str,
    slug: str,
    teacher: str,
    slots: Sequence[Slot],
    place: str,
    by: User | None,
    at: datetime,
    words: dict[str, Any] | None = None,
    **facts: Any,
) -> TrainingClass:
    """Open a class with its meetings and book their rooms: all of it or nothing.

    `words` are further facts of its activity (text, capacity, contact …), `facts` those of the class itself.

    Raises:
        ClassRefused: no meeting, more places than seats, or a room is taken.
    """
    if not slots:
        raise ClassRefused(_("Say when it is: a class has one meeting at least."))
    first, last = min(slot.starts_at for slot in slots), max(slot.ends_at for slot in slots)
    with transaction.atomic():
        activity = Activity.objects.create(
            region=region,
            home=Activity.Home.TRAINING,
            kind=Activity.Kind.TRAINING,
            title=title,
            slug=slug,
            place=place,
            starts_at=first,
            ends_at=last,
            **(words or {}),
        )
        opened = TrainingClass.objects.create(activity=activity, teacher=teacher, **facts)
        for slot in slots:
            _meet(opened, slot, by=by, at=at)
        record_act(opened, "planned", by=by, at=at)
        outbox.record(activity, region=region.slug)
    return opened


def add_meeting(*, training_class: TrainingClass, slot: Slot, by: User, at: datetime) -> Meeting:
    """Add a meeting and book its room.

    Raises:
        ClassRefused: the class is called off, or the room is taken or too small.
    """
    _refuse_called_off(training_class)
    with transaction.atomic():
        meeting = _meet(training_class, slot, by=by, at=at)
        settle(training_class=training_class, at=at)
    return meeting


def move_meeting(*, meeting: Meeting, slot: Slot, by: User, at: datetime) -> None:
    """Move a meeting to another time or room; its booking is given back and a new one made.

    Raises:
        ClassRefused: somebody checked in already, or the room is taken.
    """
    training_class = meeting.training_class
    _refuse_called_off(training_class)
    with transaction.atomic():
        held = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if held.check_ins.exists():
            raise ClassRefused(_("People checked in to this meeting; it stays where it was."))
        if held.booking is not None:
            give_back(booking=held.booking, by=by, at=at)
        held.starts_at, held.ends_at, held.topic = slot.starts_at, slot.ends_at, slot.topic
        held.booking = _book(training_class, slot, by=by, at=at)
        held.save()
        settle(training_class=training_class, at=at)
    meeting.refresh_from_db()


def drop_meeting(*, meeting: Meeting, by: User, at: datetime) -> None:
    """Take a meeting out of the plan.

    Raises:
        ClassRefused: it is the only one, or people checked in.
    """
    training_class = meeting.training_class
    with transaction.atomic():
        held = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if held.check_ins.exists():
            raise ClassRefused(_("People checked in to this meeting; it stays where it was."))
        if training_class.meetings.count() == 1:
            raise ClassRefused(_("It is the only meeting. Call the class off instead."))
        if held.booking is not None:
            give_back(booking=held.booking, by=by, at=at)
        held.delete()
        settle(training_class=training_class, at=at)


def settle(*, training_class: TrainingClass, at: datetime) -> None:
    """Bring the activity to the times of its meetings and tell people when they begin elsewhere."""
    activity = Activity.objects.select_for_update().get(pk=training_class.activity_id)
    before = appointment(activity)
    times = list(training_class.meetings.values_list("starts_at", "ends_at"))
    activity.starts_at, activity.ends_at = min(one for one, _end in times), max(end for _one, end in times)
    if activity.sign_up_until and activity.sign_up_until > activity.starts_at:
        activity.sign_up_until = None
    activity.save(update_fields=["starts_at", "ends_at", "sign_up_until"])
    settle_change(activity=activity, before=before, at=at)
    outbox.record(activity, region=activity.region.slug)
    training_class.activity = activity


def _meet(training_class: TrainingClass, slot: Slot, *, by: User | None, at: datetime) -> Meeting:
    if slot.ends_at <= slot.starts_at:
        raise ClassRefused(_("It ends before it begins."))
    booking = _book(training_class, slot, by=by, at=at)
    return Meeting.objects.create(
        training_class=training_class,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        topic=slot.topic.strip(),
        booking=booking,
    )


def _book(training_class: TrainingClass, slot: Slot, *, by: User | None, at: datetime) -> Any:
    if slot.room is None and not slot.equipment:
        return None
    places, seats = training_class.activity.capacity, slot.room.seats if slot.room else None
    if places and seats and places > seats:
        words = _("%(room)s has %(seats)s seats, the class %(places)s places.")
        raise ClassRefused(words % {"room": slot.room, "seats": seats, "places": places})
    return reserve(
        room=slot.room,
        equipment=slot.equipment,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        purpose=training_class.activity.title,
        who=training_class.teacher,
        by=by,
        at=at,
    )


def _refuse_called_off(training_class: TrainingClass) -> None:
    if training_class.activity.called_off_at is not None:
        raise ClassRefused(_("This class is called off."))
