"""What happens to activities by itself: unanswered offers end, people are reminded, contact data goes."""

from datetime import datetime, timedelta

from django.db import transaction

from brand.activities import telling
from brand.activities.models import Activity
from brand.activities.places import lapse_offers
from brand.activities.sign_ups import SignUp
from brand.acts.models import record_act

REMIND_BEFORE = timedelta(hours=24)
CONTACTS_KEPT = timedelta(days=365)

State = SignUp.State


def end_late_offers(*, at: datetime) -> int:
    """End what was not answered in time, everywhere; return how many."""
    late = SignUp.objects.filter(state=State.OFFERED, answer_by__lt=at).values("activity")
    return sum(lapse_offers(activity=activity, at=at) for activity in Activity.objects.filter(pk__in=late))


def remind(*, at: datetime) -> None:
    """Remind everybody with a place of what begins within a day; each is told once.

    Who signed up within that day knows it anyway.
    """
    soon = Activity.objects.filter(
        starts_at__gt=at, starts_at__lte=at + REMIND_BEFORE, called_off_at=None, is_public=True
    )
    for activity in soon:
        known = activity.starts_at - REMIND_BEFORE
        people = activity.sign_ups.filter(state=State.GOING, signed_up_at__lt=known).select_related("user")
        occasion = f"{activity.starts_at:%m%d%H%M}"
        for person in telling.untold(people, telling.REMINDER, occasion=occasion):
            person.activity = activity
            telling.tell(person, telling.REMINDER, at=at, occasion=occasion)


def forget_contacts(*, at: datetime) -> int:
    """Erase who the people were at activities that ended a year ago; return of how many activities.

    That somebody came, and for which member, stays: it is what the association reports.
    """
    old = Activity.objects.filter(ends_at__lt=at - CONTACTS_KEPT, contacts_erased_at=None)
    with transaction.atomic():
        for activity in old:
            activity.sign_ups.update(name="", phone="", user=None)
            record_act(activity, "contacts_erased", by=None, at=at)
        return old.update(contacts_erased_at=at)
