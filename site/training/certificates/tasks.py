"""The look that makes certificates come by themselves."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.tasks import task
from django.utils import timezone

from training.certificates.issuing import NotDue, settle
from training.models import Enrolment

LOOKS_BACK = timedelta(days=2)


@task()
def settle_completed() -> int:
    """Complete the courses whose last condition was fulfilled lately; return how many."""
    return settle_since(timezone.now() - LOOKS_BACK, at=timezone.now())


def settle_since(since: datetime, *, at: datetime) -> int:
    """Complete what can be completed among the enrolments in which something moved after `since`."""
    moved = (
        Q(lesson_progress__completed_at__gt=since)
        | Q(trainee__attempts__released_at__gt=since)
        | Q(trainee__check_ins__at__gt=since)
    )
    rows = Enrolment.objects.filter(moved, state=Enrolment.State.LEARNING).distinct()
    return sum(_settled(enrolment, at=at) for enrolment in rows.select_related("trainee", "course").iterator())


def _settled(enrolment: Enrolment, *, at: datetime) -> bool:
    try:
        settle(enrolment, at=at)
    except NotDue:
        return False
    return True
