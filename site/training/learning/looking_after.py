"""What happens to courses by itself: free places go to who waits, trainees are reminded."""

from datetime import datetime, timedelta

from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from training.courses.course import CoursePage
from training.learning import telling
from training.learning.enrolments import Enrolment
from training.learning.joining import settle_places

PAUSED_AFTER = timedelta(days=7)
FORGOTTEN_AFTER = timedelta(days=30)
"""Who has not come for so long is left alone."""
ENDS_WITHIN = timedelta(days=7)

State = Enrolment.State


def settle_waiting(*, at: datetime) -> None:
    """Give free places to those who wait: a course was given more room, or an account was deleted."""
    waiting = Enrolment.objects.filter(state=State.WAITING).values("course")
    for course in CoursePage.objects.filter(pk__in=waiting).order_by("pk"):
        settle_places(course=course, at=at)


def remind(*, at: datetime) -> int:
    """Remind who has not learnt for a week, and whose course ends within one; return how many were told.

    Each is told once of each pause and of each end. Who switched reminders off is not.
    """
    return _remind_paused(at) + _remind_ending(at)


def _remind_paused(at: datetime) -> int:
    last = Coalesce(Max("progress__heard_at"), "enrolled_at")
    rows = _reminded().annotate(last=last).filter(last__lt=at - PAUSED_AFTER, last__gt=at - FORGOTTEN_AFTER)
    return _tell({each: f"{each.last:%Y%m%d%H%M}" for each in rows}, telling.PAUSED, at)


def _remind_ending(at: datetime) -> int:
    today = timezone.localdate(at)
    rows = _reminded().filter(course__ends_on__gte=today, course__ends_on__lte=today + ENDS_WITHIN)
    return _tell({each: f"{each.course.ends_on:%Y%m%d}" for each in rows}, telling.ENDING, at)


def _reminded() -> "QuerySet[Enrolment]":
    rows = Enrolment.objects.filter(state=State.LEARNING, trainee__wants_reminders=True, course__live=True)
    return rows.select_related("trainee__user", "course")


def _tell(occasions: dict[Enrolment, str], kind: str, at: datetime) -> int:
    untold = telling.untold(occasions, kind)
    for each in untold:
        telling.tell(each, kind, at=at, occasion=occasions[each])
    return len(untold)
