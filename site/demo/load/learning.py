"""Who learns online: enrolled, part of the lessons read, a note, a question, a discussion."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from accounts.models import User
from demo.load.county import County
from demo.load.people import login
from training.discussion.asking import answer, ask
from training.discussion.noting import write_note
from training.discussion.talking import contribute, show
from training.learning.joining import become_trainee, enrol
from training.models import CoursePage, Enrolment, LessonPage, Trainee
from training.watching.beats import Beat, write_beats
from training.watching.passes import is_counted, pass_for

STEP = timedelta(seconds=50)  # a page tells more often; time of more than a minute without a word is lost


def add_learners(county: County) -> None:
    """Enrol the county's learners and let them learn as their pages would have told it.

    In the order it happened: time that a trainee's clock has passed is credited to nobody.
    """
    learners = sorted(county.content("learning").get("learner", []), key=itemgetter("days"), reverse=True)
    for number, words in enumerate(learners):
        at = county.calendar.at - timedelta(days=words["days"])
        course = CoursePage.objects.descendant_of(county.home).get(slug=words["course"])
        by = User.objects.get(email=login("teacher")) if "written_in" in words else None
        enrolment = enrol(trainee=_trainee(county, words, number, at), course=course, by=by, at=at)
        lessons = [each for each in course.get_children().live().specific() if is_counted(each)]
        write_beats(list(_beats(enrolment, lessons, words, at)))
        _say(enrolment, lessons[0], words, at + timedelta(days=1))


def _trainee(county: County, words: dict[str, Any], number: int, at: datetime) -> Trainee:
    facts: dict[str, Any] = {"region": county.region, "at": at}
    if "name" not in words:
        user = User.objects.get(email=login("trainee"))
        name = user.get_full_name()
        return become_trainee(user=user, name=name, group="grower", place="张家河村", **facts)
    user = User.objects.create_user(phone=f"+8613710{county.region.pk % 100:02d}{number:04d}", verified=True)
    return become_trainee(user=user, name=words["name"], group=words["group"], place=words["place"], **facts)


def learn_all(enrolment: Enrolment) -> None:
    """Let somebody learn every lesson of their course, from the day they enrolled."""
    lessons = [each for each in enrolment.course.get_children().live().specific() if is_counted(each)]
    write_beats(list(_beats(enrolment, lessons, {"read": len(lessons)}, enrolment.enrolled_at)))


def _beats(
    enrolment: Enrolment, lessons: list[LessonPage], words: dict[str, Any], at: datetime
) -> Iterator[Beat]:
    shares = [1.0] * words["read"] + [words.get("part", 0.0)]
    for number, (lesson, share) in enumerate(zip(lessons, shares, strict=False)):
        shown = pass_for(enrolment=enrolment, lesson=lesson, needs_watching=enrolment.course.needs_watching)
        until = round(shown.needed * share)
        now, page = at + timedelta(hours=number), f"demo-page-{number}"
        yield Beat(shown, page, (), 0, reached_end=False, at=now)
        for begin in range(0, until, 50_000):
            end = min(until, begin + 50_000)
            now += STEP
            is_last = end == until and share == 1.0
            yield Beat(shown, page, ((begin, end, 1.0),), end, reached_end=is_last, at=now)


def _say(enrolment: Enrolment, lesson: LessonPage, words: dict[str, Any], at: datetime) -> None:
    teacher = User.objects.get(email=login("teacher"))
    if "note" in words:
        write_note(enrolment=enrolment, lesson=lesson, text=words["note"], second=None, at=at)
    if asked := words.get("question"):
        question = ask(enrolment=enrolment, lesson=lesson, text=asked["text"], at=at)
        later = at + timedelta(hours=5)
        answer(question=question, text=asked["answer"], is_shown=True, by=teacher, at=later)
    if said := words.get("says"):
        made = contribute(trainee=enrolment.trainee, course=enrolment.course, text=said, at=at)
        show(contribution=made, by=teacher, at=at + timedelta(hours=2))
