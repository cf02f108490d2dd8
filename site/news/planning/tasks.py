"""What the calendar does by itself."""

from django.utils import timezone
from django_tasks import task

from news.planning.reminding import remind


@task()
def remind_of_posts() -> None:
    """Tell authors and editors what is due."""
    remind(at=timezone.now())
