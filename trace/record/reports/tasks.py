"""What happens to reports by itself."""

from django.utils import timezone
from django_tasks import task

from record.reports.forget import KEPT, forget_senders_of


@task()
def forget_senders() -> None:
    """Forget who sent reports that were closed a year ago."""
    forget_senders_of(closed_before=timezone.now() - KEPT)
