"""The worker's part in the figures of scans."""

from django.utils import timezone
from django_tasks import task

from record.analytics.count import read_new_scans


@task()
def read_scans() -> None:
    """Count new scans and look for copied codes among them."""
    read_new_scans(at=timezone.now())
