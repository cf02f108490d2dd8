"""Closing the pool to a member, and opening it again. Their posts leave the public list with it."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from brand.acts.models import record_act
from brand.members.interests import refuse_own
from brand.models import Member
from changes.outbox import record
from training.models import ContactRequest, EmployerBar


def bar(*, member: Member, why: str, by: User, at: datetime) -> EmployerBar:
    """Close the pool to a member; they read why. What they asked and nobody answered is closed with it.

    Raises:
        ConflictOfInterest: it is the officer's own company.
    """
    refuse_own(by, member=member)
    with transaction.atomic():
        # locked as by asking and by a yes: what comes before is closed below, what comes after is refused
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        made, _new = EmployerBar.objects.update_or_create(
            member=member, defaults={"why": why, "by": by, "at": at}
        )
        asked = ContactRequest.objects.filter(member=member, state=ContactRequest.State.OPEN)
        asked.update(state=ContactRequest.State.CLOSED, answered_at=at)
        record_act(member, "talent_barred", by=by, at=at, note=why)
        record(made, region=member.region.slug)
    return made


def lift(*, employer_bar: EmployerBar, by: User, at: datetime) -> None:
    """Open the pool again.

    Raises:
        ConflictOfInterest: it is the officer's own company.
    """
    refuse_own(by, member=employer_bar.member)
    with transaction.atomic():
        record_act(employer_bar.member, "talent_bar_lifted", by=by, at=at)
        record(employer_bar, region=employer_bar.member.region.slug)
        employer_bar.delete()
