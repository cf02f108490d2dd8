"""The looks that make certificates come by themselves."""

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task

from training.certificates.settling import settle_if_due
from training.models import Enrolment

LATELY = timedelta(minutes=30)
LONG_AGO = timedelta(days=60)  # what a worker that stood still, or a rule that was loosened, left behind


@task()
def settle_lately() -> None:
    """Complete courses whose last condition was fulfilled just now."""
    settle_moved(since=timezone.now() - LATELY, at=timezone.now())


@task()
def settle_left_behind() -> None:
    """Complete what was fulfilled while nobody looked."""
    settle_moved(since=timezone.now() - LONG_AGO, at=timezone.now())


def settle_moved(*, since: datetime, at: datetime) -> int:
    """Complete what can be among the enrolments in which something moved after `since`; return how many.

    Where a course was published since and gives a certificate by now, who completed it before gets theirs.
    """
    came = Q(trainee__check_ins__meeting__training_class__course=F("course"))
    moved = (
        Q(progress__heard_at__gt=since)
        | Q(trainee__attempts__exam__course=F("course"), trainee__attempts__released_at__gt=since)
        | Q(came, trainee__check_ins__received_at__gt=since)
        | Q(came, trainee__check_ins__judged_at__gt=since)
    )
    without = Q(state=Enrolment.State.COMPLETED, course__certificate=True, certificates=None)
    due = Q(moved, state=Enrolment.State.LEARNING) | Q(without, course__last_published_at__gt=since)
    rows = Enrolment.objects.filter(due).order_by("pk").distinct()
    rows = rows.select_related("trainee", "course")
    return sum(settle_if_due(enrolment, at=at) for enrolment in rows.iterator(chunk_size=500))
