"""What the worker does for trade."""

from django.utils import timezone
from django_tasks import task

from shop.trade.accepting import lapse_overdue


@task()
def lapse_quotations() -> None:
    """Let offers lapse whose last day is over."""
    lapse_overdue(at=timezone.now())
