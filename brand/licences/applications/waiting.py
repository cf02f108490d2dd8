"""What waits too long: applications nobody has read in time, and those whose publicity is over."""

from datetime import datetime

from django.utils import timezone

from brand.licences.applications.models import LicenceApplication
from brand.licences.applications.telling import tell_officers_of

State = LicenceApplication.State


def remind_officers(*, at: datetime) -> int:
    """Tell the officers of each application that waits, once; return how many wait. Two queries.

    What a missed day did not tell is told by the next run: it asks what is late, not what is late today.
    """
    today = timezone.localdate(at)
    held = LicenceApplication.objects.select_related("member", "licence", "region")
    late = list(held.overdue(on=today))
    for application in late:
        key = f"licence-application-overdue:{application.pk}:{application.due_on}"
        tell_officers_of(application, "licence_application_overdue", at=at, key=key)
    over = list(held.filter(state=State.PUBLICITY, publicity_to__lt=today))
    for application in over:
        key = f"licence-publicity-over:{application.pk}:{application.publicity_to}"
        tell_officers_of(application, "licence_publicity_over", at=at, key=key)
    return len(late) + len(over)
