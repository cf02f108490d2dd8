"""Opening a profile: bounded per member and day, written down, read by the trainee."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.models import Member
from training.models import Talent, TalentLook
from training.talent.refusals import EnoughForToday
from training.talent.standing import require_standing

A_DAY: Final = 60
"""Profiles a member opens in one day: enough to choose, too few to copy the pool."""


def look(*, talent: Talent, member: Member, by: User, at: datetime) -> None:
    """Write down that a member opened a profile; once a day counts. 3 queries, the first time 8.

    Raises:
        NotInGoodStanding: the member may not look at the moment.
        EnoughForToday: so many others were opened today.
    """
    require_standing(member, at=at)
    day = timezone.localdate(at)
    facts = {"trainee": talent.trainee, "member": member, "day": day}
    if TalentLook.objects.filter(**facts).exists():
        return
    with transaction.atomic():
        # the member's row is locked so that two of their people do not both open the last one
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        if TalentLook.objects.filter(member=member, day=day).count() >= A_DAY:
            raise EnoughForToday(
                _("Your company has opened %(most)d profiles today. Tomorrow more.") % {"most": A_DAY}
            )
        TalentLook.objects.get_or_create(**facts, defaults={"by": by, "at": at})


def look_by_office(*, talent: Talent, by: User, at: datetime) -> None:
    """Write down that the training office opened a profile; once a day."""
    facts = {"trainee": talent.trainee, "member": None, "day": timezone.localdate(at)}
    TalentLook.objects.get_or_create(**facts, defaults={"by": by, "at": at})
