"""Classes with rooms, people and what came of them: over, going on just now, coming."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from brand.activities.places import fill_places, locked
from brand.models import SignUp
from demo.load.county import County
from demo.load.people import login
from training.classes.checking_in import Told, check_in, code_now
from training.classes.following_up import plan_follow_ups, record_answer
from training.classes.giving_feedback import give_feedback
from training.classes.opening import Slot, open_class
from training.classes.reserving import record_use
from training.learning.joining import become_trainee
from training.models import CoursePage, Equipment, FollowUp, Meeting, Room, TrainingClass

_WORDS = ("summary", "address", "capacity", "contact")
_FACTS = ("kind", "form", "live_url", "replay_url", "meetings_needed", "follow_up_days")


def add_classes(county: County) -> None:
    """Add rooms, equipment and classes."""
    words = county.content("classes")
    for room in words.get("room", ()):
        Room.objects.create(region=county.region, **room)
    rooms = {room.name: room for room in county.region.rooms.all()}
    for thing in words.get("equipment", ()):
        facts = {**thing, "room": rooms.get(thing.get("room"))}
        Equipment.objects.create(region=county.region, **facts)
    for number, each in enumerate(words["class"]):
        _add_class(county, each, first=number * 40)
    _follow_up(county, words["class"])


def _add_class(county: County, words: dict[str, Any], *, first: int) -> None:
    slots = list(_slots(county, words))
    begins = min(slot.starts_at for slot in slots)
    planned = min(county.calendar.at, begins) - timedelta(days=14)
    held = open_class(
        region=county.region,
        title=words["title"],
        slug=words["slug"],
        teacher=words["teacher"],
        place=words["place"],
        slots=slots,
        by=_person("training_officer"),
        at=planned,
        words={
            **{name: words[name] for name in _WORDS if name in words},
            "text": words.get("text", "").strip(),
            "outcome": words.get("outcome", ""),
            "is_public": True,
        },
        course=_course(county, words.get("course", "")),
        led_by=_person("teacher"),
        **{name: words[name] for name in _FACTS if name in words},
    )
    people = _add_people(county, held, words, first=first)
    meetings = list(held.meetings.select_related("booking"))
    _check_in(county, meetings, people, words)
    _say_how_it_was(county, held, people, words)
    _record_use(county, meetings, words)


def _slots(county: County, words: dict[str, Any]) -> Iterator[Slot]:
    things = {thing.number: thing for thing in county.region.equipment.all()}
    rooms = {room.name: room for room in county.region.rooms.all()}
    for each in words.get("meetings") or [words]:
        begins, ends = _hours(county, each)
        equipment = [things[number] for number in each.get("equipment", ())]
        yield Slot(begins, ends, each.get("topic", ""), rooms.get(each.get("room", "")), equipment)


def _hours(county: County, words: dict[str, Any]) -> tuple[datetime, datetime]:
    """Return from when to when: around the clock of the loading where `now_hours` says how long."""
    if hours := words.get("now_hours"):
        begins = county.calendar.at - timedelta(minutes=40)
        return begins, begins + timedelta(hours=hours)
    begins_at, ends_at = words["hours"]
    return county.calendar.moment(words["days"], begins_at), county.calendar.moment(words["days"], ends_at)


def _add_people(county: County, held: TrainingClass, words: dict[str, Any], *, first: int) -> list[SignUp]:
    """Write the people in as they would stand now; nobody is told, their numbers are invented."""
    at = min(county.calendar.at, held.activity.starts_at) - timedelta(days=9)
    names = [(name, SignUp.State.GOING) for name in words["people"]]
    names += [(name, SignUp.State.WAITING) for name in words.get("waiting", ())]
    rows = [
        SignUp(
            activity=held.activity,
            name=name,
            phone=f"+861370000{first + place:04d}",
            state=state,
            signed_up_at=at + timedelta(hours=place),
        )
        for place, (name, state) in enumerate(names)
    ]
    if words.get("trainee"):
        rows[0] = _of_the_trainee(county, rows[0])
    SignUp.objects.bulk_create(rows)
    with locked(held.activity) as activity:
        fill_places(activity, at=county.calendar.at)
    return rows


def _of_the_trainee(county: County, row: SignUp) -> SignUp:
    """Give the first place to the demo's trainee, so that their own page has something to show."""
    user = _person("trainee")
    trainee = become_trainee(
        user=user,
        name=user.get_full_name(),
        group="grower",
        region=county.region,
        place="张家河村",
        at=row.signed_up_at,
    )
    row.name, row.user, row.phone = trainee.name, user, ""
    return row


def _check_in(county: County, meetings: list[Meeting], people: list[SignUp], words: dict[str, Any]) -> None:
    """Check people in as their phones would have; the last `same_phone` of them share one."""
    for meeting, count in zip(meetings, words.get("came", ()), strict=False):
        shared = count - words.get("same_phone", 0)
        for place, person in enumerate(people[:count]):
            at = min(
                meeting.starts_at - timedelta(minutes=12) + timedelta(minutes=2 * place), county.calendar.at
            )
            device = "shared" if place >= shared else f"phone-{place}"
            told = Told(code_now(meeting, at=at), device=f"{device}-{meeting.pk}")
            check_in(meeting=meeting, sign_up=person, told=told, at=at)


def _say_how_it_was(county: County, held: TrainingClass, people: list[SignUp], words: dict[str, Any]) -> None:
    for person, (content, teaching, setting, said) in zip(people[1:], words.get("stars", ()), strict=False):
        stars = {"content": content, "teaching": teaching, "setting": setting}
        give_feedback(training_class=held, sign_up=person, words=said, at=held.activity.ends_at, **stars)


def _record_use(county: County, meetings: list[Meeting], words: dict[str, Any]) -> None:
    for meeting, each in zip(meetings, words.get("meetings", ()), strict=False):
        if meeting.booking and "used" in each:
            record_use(
                booking=meeting.booking,
                people=each["used"],
                note="",
                by=_person("training_officer"),
                at=meeting.ends_at,
            )


def _follow_up(county: County, classes: list[dict[str, Any]]) -> None:
    """Plan whom to ask of what is over, and write down what some of them said."""
    plan_follow_ups(at=county.calendar.at)
    for words in classes:
        due = FollowUp.objects.filter(training_class__activity__slug=words["slug"]).order_by("pk")
        for follow_up, (outcome, way, income, said) in zip(due, words.get("answers", ()), strict=False):
            facts = {"outcome": outcome, "way": way, "income": income, "words": said}
            record_answer(follow_up=follow_up, by=_person("training_officer"), at=county.calendar.at, **facts)


def _course(county: County, slug: str) -> CoursePage | None:
    return CoursePage.objects.descendant_of(county.home).filter(slug=slug).first() if slug else None


def _person(role: str) -> User:
    return User.objects.get(email=login(role))
