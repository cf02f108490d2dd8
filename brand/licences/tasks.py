"""What happens to licences by itself."""

from django.utils import timezone
from django_tasks import task

from brand.licences.reminders import send_reminders
from brand.licences.turning import turn_licences


@task()
def remind_of_licences() -> None:
    """Tell members which licences are about to end."""
    send_reminders(at=timezone.now())


@task()
def turn_the_day() -> None:
    """Note which licences began or ended by their dates."""
    turn_licences(at=timezone.now())
