"""Reminding officers of applications that are to be answered soon, or should have been."""

from datetime import datetime, timedelta

from django.utils import timezone

from brand.membership.models import MembershipApplication
from brand.membership.telling import tell_officers_of
from brand.membership.terms import terms_of
from brand.models import Region


def remind_officers(*, at: datetime) -> None:
    """Tell the officers once before the day and once after it, also when a run was missed."""
    today = timezone.localdate(at)
    for region in Region.objects.all():
        until = today + timedelta(days=terms_of(region).remind_days)
        waiting = MembershipApplication.objects.filter(
            region=region, state=MembershipApplication.State.SUBMITTED, due_on__lte=until
        )
        for application in waiting:
            kind = "membership_overdue" if application.is_overdue(on=today) else "membership_due"
            key = f"{kind}.{application.pk}.{application.due_on}"
            tell_officers_of(application, kind=kind, key=key, at=at)
