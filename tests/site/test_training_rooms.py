"""Rooms and equipment: booked by one at a time, given back, their use recorded."""

from datetime import timedelta

import pytest

from brand.activities.refusals import AlreadyCalledOff, SignUpRefused
from tests.factories.accounts import person
from tests.factories.brand import RegionFactory
from tests.factories.classes import BEFORE, BEGINS, HOURS, EquipmentFactory, RoomFactory, a_class
from training.classes.calling_off import call_off_class
from training.classes.opening import Slot, add_meeting, drop_meeting, move_meeting
from training.classes.refusals import BookingRefused, ClassRefused, Taken
from training.classes.reserving import give_back, record_use, reserve
from training.models import Booking, Equipment, Meeting, TrainingClass

pytestmark = pytest.mark.django_db


@pytest.fixture
def lucheng():
    return RegionFactory()


@pytest.fixture
def room(lucheng):
    return RoomFactory(region=lucheng)


def book(room=None, *, begins=BEGINS, hours=HOURS, equipment=(), **facts):
    facts = {"purpose": "选品会", "who": "赵爱梅", "by": None, "at": BEFORE, **facts}
    return reserve(room=room, equipment=equipment, starts_at=begins, ends_at=begins + hours, **facts)


def test_a_room_is_had_by_one_at_a_time(room):
    first = book(room)
    with pytest.raises(Taken, match="选品会") as refused:
        book(room, begins=BEGINS + timedelta(hours=2))
    assert refused.value.other == first
    assert Booking.objects.count() == 1


@pytest.mark.parametrize("hours", [-3, 3])
def test_one_may_begin_when_the_other_ends(room, hours):
    book(room)
    book(room, begins=BEGINS + timedelta(hours=hours))
    assert Booking.objects.count() == 2


def test_what_is_given_back_is_free_again(room):
    give_back(booking=book(room), by=None, at=BEFORE)
    book(room)
    with pytest.raises(BookingRefused):
        give_back(booking=Booking.objects.order_by("pk")[0], by=None, at=BEFORE)


def test_equipment_is_lent_once_wherever_it_goes(room, lucheng):
    camera = EquipmentFactory(region=lucheng)
    book(room, equipment=[camera])
    with pytest.raises(Taken):
        book(RoomFactory(region=lucheng), equipment=[camera])
    with pytest.raises(Taken):
        book(equipment=[camera])
    assert Booking.objects.count() == 1


def test_what_is_being_repaired_is_not_lent(lucheng):
    camera = EquipmentFactory(region=lucheng, condition=Equipment.Condition.REPAIR)
    with pytest.raises(BookingRefused):
        book(equipment=[camera])


def test_a_closed_room_and_nothing_at_all_are_refused(room):
    room.is_open = False
    room.save()
    for asked in (room, None):
        with pytest.raises(BookingRefused):
            book(asked)
    assert not Booking.objects.exists()


def test_the_use_is_recorded_once_and_not_before_it_began(room):
    booking, officer = book(room), person("training_officer")
    with pytest.raises(BookingRefused):
        record_use(booking=booking, people=18, note="", by=officer, at=BEFORE)
    record_use(booking=booking, people=18, note="灯坏了一盏", by=officer, at=BEGINS)
    with pytest.raises(BookingRefused):
        record_use(booking=booking, people=1, note="", by=officer, at=BEGINS)
    booking.refresh_from_db()
    assert (booking.people, booking.used_note) == (18, "灯坏了一盏")


def test_a_class_is_opened_with_its_rooms_or_not_at_all(lucheng, room):
    book(room, begins=BEGINS + timedelta(days=1))
    with pytest.raises(Taken):
        a_class(lucheng, days=2, room=room)
    assert not TrainingClass.objects.exists()
    assert not Meeting.objects.exists()
    assert Booking.objects.count() == 1


def test_a_class_has_no_more_places_than_seats(lucheng):
    small = RoomFactory(region=lucheng, seats=10)
    with pytest.raises(ClassRefused, match="10"):
        a_class(lucheng, room=small, words={"capacity": 20})


def test_a_meeting_is_moved_with_its_room_and_the_class_follows(lucheng, room):
    held, by = a_class(lucheng, room=room), person("teacher")
    later = BEGINS + timedelta(days=2)
    meeting = held.meetings.get()
    move_meeting(meeting=meeting, slot=Slot(later, later + HOURS, room=room), by=by, at=BEFORE)
    held.activity.refresh_from_db()
    assert (held.activity.starts_at, held.activity.ends_at) == (later, later + HOURS)
    assert Booking.objects.standing().get().starts_at == later
    with pytest.raises(ClassRefused):
        drop_meeting(meeting=meeting, by=by, at=BEFORE)
    second = Slot(later + timedelta(days=1), later + timedelta(days=1) + HOURS)
    drop_meeting(meeting=add_meeting(training_class=held, slot=second, by=by, at=BEFORE), by=by, at=BEFORE)
    assert held.meetings.count() == 1


def test_a_booking_given_back_leaves_its_meeting_without_a_room(lucheng, room):
    meeting = a_class(lucheng, room=room).meetings.get()
    give_back(booking=meeting.booking, by=None, at=BEFORE)
    meeting.refresh_from_db()
    assert meeting.booking is None
    book(room)


def test_calling_a_class_off_frees_the_rooms_of_what_is_not_over(lucheng, room):
    held, by = a_class(lucheng, room=room, days=3), person("teacher")
    on_the_second_day = BEGINS + timedelta(days=1, hours=1)
    call_off_class(training_class=held, why="下大雪", by=by, at=on_the_second_day)
    assert Booking.objects.standing().get().starts_at == BEGINS, "the first day was held"
    assert [meeting.booking is None for meeting in held.meetings.all()] == [False, True, True]
    with pytest.raises(AlreadyCalledOff):
        call_off_class(training_class=held, why="下大雪", by=by, at=on_the_second_day)


def test_what_cannot_be_called_off_keeps_its_rooms(lucheng, room):
    held = a_class(lucheng, room=room)
    with pytest.raises(SignUpRefused):
        call_off_class(training_class=held, why=" ", by=person("teacher"), at=BEFORE)
    assert Booking.objects.standing().count() == 1
