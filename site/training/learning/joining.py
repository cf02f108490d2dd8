"""Joining: who becomes a trainee, who gets a place in a course, who waits, who leaves and who moves up.

Every function that touches places locks the row of the course's places first and enrolments after
(`course_places.locked_places`); the count there is held to the limit by a constraint.
"""

from datetime import datetime
from functools import partial

from django.db import transaction

from accounts.models import User
from brand.acts.models import record_act
from brand.models import Region
from training.courses.course import CoursePage
from training.learning import telling
from training.learning.course_places import CoursePlaces, locked_places
from training.learning.enrolments import Enrolment
from training.learning.refusals import AlreadyCompleted, EnrolmentClosed, NotEnrolled, SomethingFirst
from training.learning.trainees import Trainee

State = Enrolment.State


def become_trainee(
    *, user: User, name: str, group: str, region: Region | None, place: str, at: datetime
) -> Trainee:
    """Return the trainee of an account, made when there is none; what was told before stays.

    Corrected by `changing.change_trainee`.
    """
    facts = {"name": name.strip(), "group": group, "region": region, "place": place.strip(), "since": at}
    trainee, _made = Trainee.objects.get_or_create(user=user, defaults=facts)
    return trainee


def enrol(*, trainee: Trainee, course: CoursePage, at: datetime, by: User | None = None) -> Enrolment:
    """Give a trainee a place in a course, or the next turn to wait; who is in already stays as they are.

    Coming back after leaving takes up what was learnt. `by` is the officer who writes somebody in: also
    where the course is closed and where another comes first, but never beyond its places.

    Raises:
        EnrolmentClosed: the course takes nobody in.
        SomethingFirst: courses it builds on are not completed.
    """
    with locked_places(course.pk) as places:
        held = CoursePage.objects.get(pk=course.pk)
        before = Enrolment.objects.select_for_update().filter(trainee=trainee, course=held).first()
        if before is not None and before.state != State.LEFT:
            return before
        if by is None:
            _refuse(trainee, held)
        made = _place(places, held, trainee, before, at=at)
        record_act(made, "enrolled", by=by or trainee.user, at=at, detail={"state": made.state})
    kind = telling.WAITING if made.state == State.WAITING else telling.ENROLLED
    transaction.on_commit(partial(telling.tell, made, kind, at=at, occasion=f"{at:%Y%m%d%H%M}"))
    return made


def leave(*, enrolment: Enrolment, at: datetime, by: User | None = None) -> None:
    """Give a place or a turn up; the next one who waits moves up. What was learnt is kept.

    Raises:
        AlreadyCompleted: the course is done.
        NotEnrolled: the person left before.
    """
    with locked_places(enrolment.course_id) as places:
        mine = Enrolment.objects.filter(pk=enrolment.pk, state__in=[State.WAITING, State.LEARNING])
        if not mine.update(state=State.LEFT, left_at=at):
            enrolment.refresh_from_db()
            raise AlreadyCompleted if enrolment.state == State.COMPLETED else NotEnrolled
        record_act(enrolment, "left", by=by or enrolment.trainee.user, at=at)
        move_up(places, at=at)
    enrolment.refresh_from_db()


def settle_places(*, course: CoursePage, at: datetime) -> None:
    """Give free places to those who wait: after more room was made, or an account was deleted."""
    with locked_places(course.pk) as places:
        move_up(places, at=at)


def move_up(places: CoursePlaces, *, at: datetime) -> None:
    """Give what is free to those who wait longest, and write down what is taken. `places` is locked."""
    course = CoursePage.objects.get(pk=places.course_id)
    _count(places, course)
    queue = course.enrolments.waiting().select_related("trainee__user", "course")
    for each in queue if places.free is None else queue[: places.free]:
        each.state = State.LEARNING
        each.save(update_fields=["state"])
        record_act(each, "moved_up", by=None, at=at)
        transaction.on_commit(partial(telling.tell, each, telling.MOVED_UP, at=at, occasion=f"{at:%Y%m%d}"))
    _count(places, course)


def _refuse(trainee: Trainee, course: CoursePage) -> None:
    # a course that is not for everybody to read takes in whom an officer writes in
    is_restricted = course.get_view_restrictions().exists()
    if not course.live or is_restricted or course.enrolment != CoursePage.Enrolling.OPEN:
        raise EnrolmentClosed
    done = trainee.enrolments.filter(state=State.COMPLETED).values("course")
    first = list(CoursePage.objects.live().filter(leads_to__course=course).exclude(pk__in=done))
    if first:
        raise SomethingFirst(first)


def _place(
    places: CoursePlaces, course: CoursePage, trainee: Trainee, before: Enrolment | None, *, at: datetime
) -> Enrolment:
    _count(places, course)
    is_full = places.free is not None and places.free <= 0
    enrolment = before or Enrolment(trainee=trainee, course=course)
    enrolment.state = State.WAITING if is_full or course.enrolments.waiting().exists() else State.LEARNING
    # who comes back learns again, and stands at the end of the line
    enrolment.enrolled_at, enrolment.left_at, enrolment.completed_at = at, None, None
    enrolment.save()
    _count(places, course)
    return enrolment


def _count(places: CoursePlaces, course: CoursePage) -> None:
    """Write down what is taken; a limit lowered below that holds for those who come."""
    places.taken = course.enrolments.holding().count()
    places.limit = None if course.capacity is None else max(course.capacity, places.taken)
    places.save(update_fields=["taken", "limit"])
