"""What the worker looks at for posts."""

from django.utils import timezone
from django_tasks import task

from news.checks.outside import look_at_due


@task()
def look_at_links() -> None:
    """Look at the addresses of other sites whose time has come."""
    look_at_due(at=timezone.now())
