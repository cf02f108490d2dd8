"""What happens to claims by the clock."""

from django.utils import timezone
from django_tasks import task

from shop.aftersales.deadlines import keep_deadlines


@task()
def keep_claims() -> None:
    """Let claims go on where a side stays silent, and settle what has arrived."""
    keep_deadlines(at=timezone.now())
