"""What happens to applications by itself."""

from django.utils import timezone
from django_tasks import task

from brand.licences.applications.waiting import remind_officers
from brand.licences.publicity.forgetting import forget_objectors


@task()
def remind_of_waiting() -> None:
    """Tell the officers which applications wait for them."""
    remind_officers(at=timezone.now())


@task()
def forget_who_objected() -> None:
    """Erase who objected a year ago."""
    forget_objectors(at=timezone.now())
