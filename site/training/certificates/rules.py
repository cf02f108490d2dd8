"""When a course is completed: all of its own conditions hold at once."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from training.classes.attendance import attended
from training.exams.results import passed
from training.learning.progress import watched_enough
from training.models import Enrolment


def missing(enrolment: Enrolment) -> list[Promise]:
    """Return what is still to be done, in sentences for the trainee; empty when all rules hold."""
    return list(_missing(enrolment))


def _missing(enrolment: Enrolment) -> Iterator[Promise]:
    course, trainee = enrolment.course, enrolment.trainee
    if enrolment.state not in Enrolment.HOLDING:
        yield _("You are not enrolled in this course.")
        return
    if not (course.needs_exam or course.needs_class or course.get_children().live().exists()):
        yield _("The course has no lessons yet.")
    if not watched_enough(enrolment):
        yield _("Lessons are left to watch or read.")
    if course.needs_exam and not passed(trainee=trainee, course=course):
        yield _("The exam is not passed yet.")
    if course.needs_class and not attended(trainee=trainee, course=course):
        yield _("A class on the spot is still to be attended.")
