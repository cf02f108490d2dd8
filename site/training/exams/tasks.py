"""What the worker does for exams."""

from django.utils import timezone
from django_tasks import task

from training.exams.handing_in import hand_in_overdue


@task()
def hand_in_papers() -> None:
    """Hand in every paper whose time is up."""
    hand_in_overdue(at=timezone.now())
