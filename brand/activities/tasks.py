"""What activities do without a visitor."""

from django.utils import timezone
from django_tasks import task

from brand.activities import looking_after, telling
from brand.activities.models import Activity

_KINDS = {"called_off": telling.CALLED_OFF, "moved": telling.MOVED}


@task()
def look_after_activities() -> None:
    """End unanswered offers, remind people of tomorrow."""
    now = timezone.now()
    looking_after.end_late_offers(at=now)
    looking_after.remind(at=now)


@task()
def forget_contacts() -> None:
    """Erase contact data a year after."""
    looking_after.forget_contacts(at=timezone.now())


@task()
def tell_everybody(activity: int, kind: str, occasion: str) -> None:
    """Tell all who hold a place or wait for one: it may be hundreds of messages."""
    held = Activity.objects.get(pk=activity)
    for each in held.sign_ups.live().select_related("user"):
        each.activity = held
        telling.tell(each, _KINDS[kind], at=timezone.now(), occasion=occasion)
