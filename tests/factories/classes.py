"""Classes, their rooms, and the people who come to them."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from brand.activities.places import sign_up
from brand.models import Region
from tests.factories.brand import RegionFactory
from tests.factories.training import TraineeFactory
from training.classes.checking_in import Told, check_in, code_now
from training.classes.opening import Slot, open_class
from training.models import Equipment, Meeting, Room

BEFORE = datetime(2026, 11, 23, 2, tzinfo=UTC)
"""Ten in the morning, four days before."""
BEGINS = datetime(2026, 11, 27, 1, tzinfo=UTC)
"""Friday at nine in the morning."""
HOURS = timedelta(hours=3)


class RoomFactory(DjangoModelFactory):
    """A training room with forty seats."""

    class Meta:
        model = Room

    region = factory.SubFactory(RegionFactory)
    name = factory.Sequence(lambda n: f"培训室 {n + 1}")
    seats = 40


class EquipmentFactory(DjangoModelFactory):
    """A camera."""

    class Meta:
        model = Equipment

    region = factory.SubFactory(RegionFactory)
    name = "直播相机"
    number = factory.Sequence(lambda n: f"ZB-{n + 1:03d}")


def a_class(region: Region | None = None, *, begins=BEGINS, days: int = 1, room=None, words=None, **facts):
    """Open a class of three hours on each of so many days."""
    slots = [
        Slot(begins + timedelta(days=day), begins + timedelta(days=day) + HOURS, f"第{day + 1}讲", room)
        for day in range(days)
    ]
    facts = {"title": "手机拍葱", "slug": f"pai-cong-{Meeting.objects.count()}", "teacher": "赵爱梅", **facts}
    words = {"capacity": 20, "is_public": True, **(words or {})}
    place = facts.pop("place", "张家河村便民中心")
    return open_class(
        region=region or RegionFactory(),
        slots=slots,
        place=place,
        by=None,
        at=BEFORE,
        words=words,
        **facts,
    )


def who_comes(training_class, number: int = 1, *, at=BEFORE, **facts):
    """Sign a trainee up."""
    trainee = facts.pop("trainee", None) or TraineeFactory(name=f"王{number}兰")
    person = sign_up(
        activity=training_class.activity,
        name=trainee.name,
        phone=f"+86138000{number:05d}",
        user=trainee.user,
        at=at,
    )
    person.trainee = trainee
    return person


def scan(meeting, person, *, at=None, sent=None, **told):
    """Check somebody in with the code shown `at`, sent in at once or later; each has a phone of their own."""
    at = at or meeting.starts_at
    told.setdefault("device", f"phone of {person.pk}")
    return check_in(
        meeting=meeting, sign_up=person, told=Told(code_now(meeting, at=at), **told), at=sent or at
    )
