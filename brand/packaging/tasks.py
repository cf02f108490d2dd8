"""What the worker does for the packaging stock."""

from django.utils import timezone
from django_tasks import task

from brand.packaging.lapsing import lapse_overdue


@task()
def lapse_packaging_requests() -> None:
    """Give up requests that were approved and not picked up in time."""
    lapse_overdue(at=timezone.now())
