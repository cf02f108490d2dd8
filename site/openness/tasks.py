"""What happens in the openness window by itself."""

from django.utils import timezone
from django_tasks import task

from openness.disclosures.turning import turn_periods
from openness.letters.forgetting import forget_writers
from openness.letters.reminding import remind_of_letters


@task()
def turn_the_day() -> None:
    """Show which periods began or ended."""
    turn_periods(at=timezone.now())


@task()
def look_after_letters() -> None:
    """Remind of letters that wait, and forget who wrote those that were answered long ago."""
    remind_of_letters(at=timezone.now())
    forget_writers(at=timezone.now())
