"""Scheduled work of the API."""

from django.utils import timezone
from django_tasks import task

from api.once import forget_calls


@task()
def forget_old_calls() -> int:
    """Delete calls nobody repeats any more."""
    return forget_calls(at=timezone.now())
