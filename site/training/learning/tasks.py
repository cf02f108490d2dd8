"""What learning does without a visitor."""

from django.utils import timezone
from django_tasks import task

from training.learning import looking_after
from training.models import Enrolment


@task()
def reconsider(enrolment: int) -> None:
    """Complete the course of an enrolment if all that it demands is there."""
    # certificates ask learning how far somebody is
    from training.certificates.settling import settle_if_due

    rows = Enrolment.objects.filter(pk=enrolment, state=Enrolment.State.LEARNING)
    for learning in rows.select_related("trainee", "course"):
        settle_if_due(learning, at=timezone.now())


@task()
def settle_waiting() -> None:
    """Give free places to those who wait."""
    looking_after.settle_waiting(at=timezone.now())


@task()
def remind() -> None:
    """Remind trainees of what they began."""
    looking_after.remind(at=timezone.now())
