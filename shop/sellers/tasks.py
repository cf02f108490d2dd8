"""What happens to papers of sellers by itself."""

from django.utils import timezone
from django_tasks import task

from shop.sellers.reminding import send_reminders


@task()
def remind_of_papers() -> None:
    """Tell sellers and hall which papers are about to end."""
    send_reminders(at=timezone.now())
