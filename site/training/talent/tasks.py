"""What the talent pool does without a visitor."""

from django.utils import timezone
from django_tasks import task

from training.talent import looking_after


@task()
def look_after_talent() -> None:
    """Ask again, end what ran out, close what nobody answered."""
    looking_after.look_after(at=timezone.now())
