"""What is done for the shelves by itself."""

from django.utils import timezone
from django_tasks import task

from shop.listing.best import count_sold


@task()
def count_what_sold() -> None:
    """Count what sold in the last thirty days."""
    count_sold(at=timezone.now())
