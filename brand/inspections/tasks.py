"""What happens to findings by itself."""

from django.utils import timezone
from django_tasks import task

from brand.inspections.overdue import tell_of_overdue


@task()
def look_after_findings() -> None:
    """Tell members and officers of findings that nobody put right in time, and of those due soon."""
    tell_of_overdue(at=timezone.now())
