"""What classes do without a visitor."""

from django.utils import timezone
from django_tasks import task

from training.classes import following_up


@task()
def look_after_classes() -> None:
    """Plan whom to ask after a class, and remind officers of those who are due."""
    now = timezone.now()
    following_up.plan_follow_ups(at=now)
    following_up.remind(at=now)
