"""What stands on the desk of a trainee: their courses, the one where they stopped first."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from training.courses.lesson import LessonPage
from training.learning.enrolments import Enrolment
from training.learning.progress import CourseState, LessonState, course_states, lesson_progress

State = Enrolment.State


@dataclass(frozen=True, slots=True)
class DeskCourse:
    """One course of a trainee, as the desk shows it."""

    enrolment: Enrolment
    state: CourseState

    @property
    def last(self) -> datetime:
        """When something happened in it."""
        return self.state.last_learnt or self.enrolment.enrolled_at


def courses_of(user: User) -> list[DeskCourse]:
    """Return what somebody learns, waits for and has completed, what was learnt last first. Three queries."""
    mine = Enrolment.objects.filter(trainee__user=user).exclude(state=State.LEFT)
    enrolments = list(mine.select_related("trainee", "course", "course__image"))
    states = course_states(enrolments)
    courses = [DeskCourse(each, states[each.pk]) for each in enrolments]
    return sorted(courses, key=lambda course: course.last, reverse=True)


def next_lesson(lessons: list[LessonState]) -> LessonPage | None:
    """Return where to go on: the lesson begun last in order and not done, else the first not done, if any."""
    begun = [each for each in lessons if each.was_opened and not each.is_done]
    left = [each for each in lessons if not each.is_done]
    found = begun[-1:] or left[:1]
    return found[0].lesson if found else None


def enrolment_of(user: User, course_pk: int) -> Enrolment | None:
    """Return how somebody stands in a course; None: not at all, or left. One query."""
    rows = Enrolment.objects.filter(trainee__user=user, course=course_pk).exclude(state=State.LEFT)
    return rows.select_related("trainee", "course").first()


def go_on(enrolment: Enrolment) -> LessonPage | None:
    """Return the lesson where to go on; None when all are done. Two queries."""
    return next_lesson(lesson_progress(enrolment))
