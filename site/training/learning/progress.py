"""How far somebody is in a course: reads for pages, for certificates, for the teacher."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from training.courses.course import CoursePage
from training.courses.lesson import LessonPage
from training.learning.completing import reconsider_soon
from training.learning.enrolments import Enrolment
from training.watching.beats import mark_done
from training.watching.lesson_progress import LessonProgress
from training.watching.passes import pass_for


@dataclass(frozen=True, slots=True)
class LessonState:
    """One lesson as one trainee stands in it. `share` is 0 to 1 of what makes it done, `seconds` where they
    stopped."""

    lesson: LessonPage
    share: float
    is_done: bool
    seconds: float
    was_opened: bool

    @property
    def percent(self) -> int:
        """Return the share in per cent, rounded down."""
        return int(self.share * 100)


@dataclass(frozen=True, slots=True)
class CourseState:
    """How many of a course's lessons are done, and when it was last learnt in."""

    done: int
    lessons: int
    last_learnt: datetime | None = None

    @property
    def percent(self) -> int:
        """Return the share of lessons done, rounded down: a hundred is all of them."""
        return 100 * self.done // self.lessons if self.lessons else 0


def lesson_progress(enrolment: Enrolment) -> list[LessonState]:
    """Return the lessons of a course, in their order, as this trainee stands. Two queries."""
    course = enrolment.course
    lessons = LessonPage.objects.live().child_of(course).defer("body", "slides").select_related("film")
    rows = {row.lesson_id: row for row in enrolment.progress.all()}
    return [_state(enrolment, course, lesson, rows.get(lesson.pk)) for lesson in lessons.order_by("path")]


def watched_enough(enrolment: Enrolment) -> bool:
    """Tell whether every public lesson of the course is done: once done stays done. One query.

    A course that demands no watching, or has no lessons, is watched enough.
    """
    if enrolment.course.needs_watching == 0:
        return True
    lessons = LessonPage.objects.live().child_of(enrolment.course)
    done = LessonProgress.objects.filter(enrolment=enrolment).exclude(completed_at=None)
    return not lessons.exclude(pk__in=done.values("lesson")).exists()


def complete_lesson(*, enrolment: Enrolment, lesson: LessonPage, at: datetime) -> None:
    """Note that a lesson is done by something else than watching: its quiz was passed."""
    if mark_done(enrolment=enrolment, lesson=lesson, at=at):
        reconsider_soon(enrolment.pk)


def course_states(enrolments: Iterable[Enrolment]) -> dict[int, CourseState]:
    """Return how far each enrolment is, by its key. Two queries, however many."""
    enrolments = list(enrolments)
    totals = _lesson_counts({each.course for each in enrolments})
    live = Q(progress__lesson__live=True)
    rows = Enrolment.objects.filter(pk__in=[each.pk for each in enrolments]).order_by()
    found = rows.values_list("pk").annotate(
        done=Count("progress", filter=live & Q(progress__completed_at__isnull=False)),
        last=Max("progress__heard_at"),
    )
    facts = {key: (done, last) for key, done, last in found}
    return {
        each.pk: CourseState(facts[each.pk][0], totals.get(each.course_id, 0), facts[each.pk][1])
        for each in enrolments
    }


def _lesson_counts(courses: set[CoursePage]) -> dict[int, int]:
    from training.courses.queries import with_length

    return {course.pk: course.lesson_count for course in with_length(list(courses))}


def _state(
    enrolment: Enrolment, course: CoursePage, lesson: LessonPage, row: LessonProgress | None
) -> LessonState:
    if row is None:
        return LessonState(lesson, 0.0, False, 0.0, was_opened=False)
    shown = pass_for(enrolment=enrolment, lesson=lesson, needs_watching=course.needs_watching)
    is_done = row.completed_at is not None
    share = 1.0 if is_done else min(1.0, row.credited / shown.needed) if shown.needed else 0.0
    return LessonState(lesson, share, is_done, row.position / 1000, was_opened=True)
