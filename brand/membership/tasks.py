"""What happens to applications by itself."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from brand.membership.forgetting import forget_old
from brand.membership.reminders import remind_officers
from brand.phones.codes import forget_codes


@task()
def remind_of_applications() -> None:
    """Remind officers of what is due or overdue."""
    remind_officers(at=timezone.now())


@task()
def forget_applications() -> None:
    """Forget old drafts, persons of refused applications, and phone codes of yesterday."""
    now = timezone.now()
    forget_old(at=now)
    forget_codes(before=now - timedelta(days=1))
