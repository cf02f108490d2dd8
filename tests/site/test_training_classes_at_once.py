"""Two at the same instant: one has the room, one phone checks two people in and both are seen."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.factories.brand import RegionFactory
from tests.factories.classes import (
    BEFORE,
    BEGINS,
    HOURS,
    EquipmentFactory,
    RoomFactory,
    a_class,
    scan,
    who_comes,
)
from training.classes.refusals import Taken
from training.classes.reserving import reserve
from training.models import Booking, CheckIn

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls) -> list:
    """Return what each call gave or was refused with; they begin together."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait()
        try:
            return call()
        except Taken as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def test_of_two_at_once_one_has_the_room_and_doubts_are_seen() -> None:
    region = RegionFactory()
    room, camera = RoomFactory(region=region), EquipmentFactory(region=region)
    times = {"starts_at": BEGINS, "ends_at": BEGINS + HOURS}
    words = {"purpose": "选品会", "who": "赵爱梅", "by": None, "at": BEFORE}
    asked = [{"room": room, "equipment": [camera]}, {"room": room}, {"room": None, "equipment": [camera]}]
    made = at_once(*[lambda facts=facts: reserve(**facts, **times, **words) for facts in asked])
    assert Taken in made
    assert Booking.objects.filter(room=room).count() <= 1
    assert camera.bookings.count() <= 1

    held = a_class(region)
    meeting, people = held.meetings.get(), [who_comes(held, number) for number in (1, 2)]
    calls = [lambda each=each: scan(meeting, each, device="a") for each in (*people, people[0])]
    assert sum(is_new for _made, is_new in at_once(*calls)) == 2
    assert [each.standing for each in CheckIn.objects.all()] == ["asked", "asked"]
