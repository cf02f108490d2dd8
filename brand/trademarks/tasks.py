"""What the trademark register does by itself."""

from django.utils import timezone
from django_tasks import task

from brand.trademarks.reminders import remind


@task()
def remind_of_renewals() -> None:
    """Tell the officers which trademarks can be renewed."""
    remind(at=timezone.now())
