"""Asking whether a course is completed, from wherever one of its conditions was just fulfilled."""

from datetime import datetime

from training.certificates.issuing import NotDue, settle
from training.models import CoursePage, Enrolment, Trainee


def settle_if_due(enrolment: Enrolment, *, at: datetime) -> bool:
    """Complete the course if all of its rules hold; tell whether they do."""
    try:
        settle(enrolment, at=at)
    except NotDue:
        return False
    return True


def settle_course(*, trainee: Trainee, course: CoursePage, at: datetime) -> bool:
    """Do the same for the enrolment of a trainee in a course, if there is one."""
    rows = Enrolment.objects.filter(trainee=trainee, course=course, state=Enrolment.State.LEARNING)
    enrolment = rows.select_related("trainee", "course").first()
    return enrolment is not None and settle_if_due(enrolment, at=at)
