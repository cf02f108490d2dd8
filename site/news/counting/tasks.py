"""The worker's part in counting readers."""

from django.utils import timezone
from django_tasks import task

from news.counting.popular import find_popular


@task()
def find_what_is_read() -> None:
    """Work out what was read most."""
    find_popular(on=timezone.localdate())
