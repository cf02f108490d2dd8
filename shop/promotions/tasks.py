"""What the worker does for promotions by itself."""

from django.utils import timezone
from django_tasks import task

from shop.promotions.turning import tell_turns


@task()
def turn_campaigns() -> None:
    """Let pages learn that something began or ended."""
    tell_turns(at=timezone.now())
